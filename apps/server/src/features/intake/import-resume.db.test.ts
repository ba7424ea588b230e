import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Deps } from '../../platform/deps.ts'
import type { JobContext } from '../../platform/jobs/index.ts'
import {
  createTestDatabase,
  createTestDeps,
  type TestDatabase,
  testActor,
} from '../../platform/testing/index.ts'
import { upsertFeature, upsertRegion } from '../registry/index.ts'
import {
  applyDecision,
  digestOf,
  internLayout,
  readSeries,
  wipeDerived,
  writeObservations,
} from '../series/index.ts'
import { startImport } from './import.service.ts'
import { importJob, requireImport } from './import-job.ts'
import { replay } from './replay.ts'

const series = { internLayout, writeObservations, readSeries }
const hours = 9_000
let database: TestDatabase
let deps: Deps

beforeAll(async () => {
  database = await createTestDatabase()
  deps = await createTestDeps(database.db)
  await database.db.transaction(async (trx) => {
    await upsertRegion(trx, 'system', {
      code: 629000,
      name: '祁川市',
      level: 'city',
      parentCode: null,
    } as never)
    for (const code of ['A', 'B', 'C', 'D', 'E'])
      await upsertFeature(trx, 'system', {
        kind: 'air-station',
        code,
        name: code,
        regionCode: 629000,
        lon: 102,
        lat: 38,
        properties: { siteRole: 'assessment', zoneClass: 2, cityCode: 'c' },
      } as never)
  })
})
afterAll(async () => {
  await deps.events.close()
  await database.drop()
})

/** Five stations, one bad line in the middle, more rows than two pieces hold. */
function file(): Buffer {
  const lines = ['date,hour,type,A,B,C,D,E']
  for (let h = 0; h < hours; h++) {
    const at = new Date(Date.UTC(2021, 0, 1) + h * 3_600_000).toISOString()
    const day = at.slice(0, 10).replaceAll('-', '')
    lines.push(
      `${day},${Number(at.slice(11, 13))},PM2.5,${[1, 2, 3, 4, 5].map((s) => ((h * s) % 97) + 1).join(',')}`,
    )
    if (h === 5_000) lines.push(`${day},99,PM2.5,1,1,1,1,1`)
  }
  return Buffer.from(`${lines.join('\n')}\n`)
}

class Stop extends Error {
  readonly why: string
  constructor(why: string) {
    super(why)
    this.why = why
  }
}

/** The job, stopped after its first piece for the reason given, or run to the end. */
async function run(importId: number, stop?: 'shutdown' | 'cancelled'): Promise<void> {
  const abort = new AbortController()
  const context: JobContext<never> = {
    jobId: 1,
    input: { importId, userId: 1, regions: '{[629000,629100)}' } as never,
    createdBy: { id: 1, name: 'test' },
    signal: abort.signal,
    resume: undefined,
    progress: async () => {
      if (stop) abort.abort(new Stop(stop))
    },
    checkpoint: async () => undefined,
  }
  await importJob(deps, series).run(context)
}

it('goes on after a restart where it stood, counts nothing twice, and replays to the same digest', async () => {
  const { id } = await startImport(deps, testActor('analyst'), {
    kind: 'air-hours',
    hourLabel: 'end',
    fileName: 'years.csv',
    bytes: file(),
  })
  await expect(run(id, 'shutdown')).rejects.toThrow('shutdown')
  const halfway = await requireImport(database.db.pool, id)
  expect(halfway.state).toBe('running')
  expect(halfway.row_count).toBeGreaterThan(0)
  expect(halfway.row_count).toBeLessThan(hours * 5)
  await run(id)
  expect(await requireImport(database.db.pool, id)).toMatchObject({
    state: 'done',
    row_count: hours * 5,
    inserted: hours * 5,
    revised: 0,
    unchanged: 0,
    error_lines: 1,
  })
  const digest = () => database.db.transaction((trx) => digestOf(trx, 'hour'))
  const before = await digest()
  await replay({ db: database.db }, { ...series, applyDecision, wipeDerived })
  expect(await digest()).toBe(before)
}, 60_000)

it('keeps what was written when it is cancelled, and says so', async () => {
  const { id } = await startImport(deps, testActor('analyst'), {
    kind: 'air-hours',
    hourLabel: 'end',
    fileName: 'cancelled.csv',
    bytes: file(),
  })
  await expect(run(id, 'cancelled')).rejects.toThrow('cancelled')
  const row = await requireImport(database.db.pool, id)
  expect(row).toMatchObject({ state: 'cancelled', message: '已取消；取消前写入的行保留' })
  expect(row.unchanged).toBeGreaterThan(0)
}, 60_000)

it('takes a file of many thousand bad lines piece by piece, counts them all and keeps the good line', async () => {
  const bad = Array.from({ length: 12_000 }, (_, i) => `20210101,1,A,bad${i}`)
  const bytes = Buffer.from(['date,hour,site,PM10', ...bad, '20210101,2,A,50'].join('\n'))
  const { id } = await startImport(deps, testActor('analyst'), {
    kind: 'air-hours',
    hourLabel: 'end',
    fileName: 'bad.csv',
    bytes,
  })
  await run(id)
  expect(await requireImport(database.db.pool, id)).toMatchObject({
    state: 'done',
    error_lines: 12_000,
    inserted: 1,
  })
}, 60_000)
