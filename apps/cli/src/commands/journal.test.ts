import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  migrate,
  openDatabase,
  silentLogger,
  startEmbedded,
  upsertFeature,
  upsertRegion,
} from '@shanshui/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const main = join(import.meta.dirname, '..', 'main.ts')
const fixture = join(
  import.meta.dirname,
  '../../../server/src/features/intake/fixtures/national_20190320.csv',
)
const folder = mkdtempSync(join(tmpdir(), 'shanshui-cli-journal-'))
const dataDir = join(folder, 'data')

function shanshui(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [main, ...args], { cwd: folder, timeout: 60_000 }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, out, err }),
    )
  })
}

beforeAll(async () => {
  const embedded = await startEmbedded({ dataDir, log: silentLogger })
  const db = openDatabase(embedded.connectionString)
  await migrate(db.pool)
  await db.transaction(async (trx) => {
    await upsertRegion(trx, 'system', {
      code: 629000,
      name: '祁川市',
      level: 'city',
      parentCode: null,
    } as never)
    for (const code of ['1001A', '1002A'])
      await upsertFeature(trx, 'system', {
        kind: 'air-station',
        code,
        name: `站${code}`,
        regionCode: 629000,
        lon: 102,
        lat: 38,
        properties: { siteRole: 'assessment', zoneClass: 2, cityCode: 'c' },
      } as never)
  })
  await db.close()
  await embedded.stop()
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))

const at = ['--data-dir', dataDir]

describe('shanshui import, export, verify, replay', () => {
  it('imports a file, proves its day by a bundle, names a flipped byte, and replays to the same digest', async () => {
    const imported = await shanshui('import', fixture, ...at)
    expect(imported, imported.err).toMatchObject({ code: 0 })
    expect(imported.out).toContain('新增 48')

    const csv = join(folder, 'out.csv')
    const exported = await shanshui(
      'export',
      'observations',
      '--from',
      '2019-03-20',
      '--to',
      '2019-03-20',
      '-o',
      csv,
      ...at,
    )
    expect(exported, exported.err).toMatchObject({ code: 0 })
    const lines = readFileSync(csv, 'utf8').trim().split('\r\n')
    expect(lines).toHaveLength(1 + 46) // hour 0 of the file belongs to the day before
    expect(lines[1]).toContain('2019-03-20T00:00:00,1001A')

    expect((await shanshui('verify', ...at)).out).toContain('完好：1 日')
    const day = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
    const bundle = join(folder, 'bundle.tar')
    const evidence = await shanshui('export', 'evidence', day, '-o', bundle, ...at)
    expect(evidence, evidence.err).toMatchObject({ code: 0 })
    expect((await shanshui('verify', bundle)).out).toContain('完好')
    const bytes = readFileSync(bundle)
    const data = bytes.indexOf('.deflate\0') - (bytes.indexOf('.deflate\0') % 512) + 512 + 700
    bytes[data] = (bytes[data] as number) ^ 1
    writeFileSync(bundle, bytes)
    const bad = await shanshui('verify', bundle)
    expect(bad.code).toBe(1)
    expect(bad.err).toMatch(/块 1 记录 \d+ msg \d+：/)

    expect((await shanshui('replay', ...at)).code).toBe(2)
    const replayed = await shanshui('replay', '--yes', ...at)
    expect(replayed, replayed.err).toMatchObject({ code: 0 })
    expect(replayed.out).toContain('一致')
  }, 180_000)

  it('refuses a day that the journal does not have, and an unknown file', async () => {
    const none = await shanshui('export', 'evidence', '2001-01-01', ...at)
    expect(none.code).toBe(1)
    expect(none.err).toContain('intake.journal-day-unknown')
    expect((await shanshui('verify', 'nothing.tar')).code).toBe(2)
  }, 60_000)
})
