import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../server/src/platform/testing/index.ts'

const command = join(import.meta.dirname, '..', '..', 'bin', 'shanshui.js')
let database: TestDatabase
let cwd: string
beforeAll(async () => {
  database = await createTestDatabase()
  cwd = mkdtempSync(join(tmpdir(), 'shanshui-doctor-'))
  await database.db.pool.query(
    `select append_audit(null, '系统', 'test', 'x', '{}', null) from generate_series(1, 3)`,
  )
})
afterAll(async () => {
  rmSync(cwd, { recursive: true })
  await database.drop()
})

interface Finding {
  readonly name: string
  readonly state: string
  readonly detail: string
}

function examine(): { code: number | null; findings: Finding[] } {
  const done = spawnSync(process.execPath, [command, 'doctor', '--json'], {
    cwd,
    encoding: 'utf8',
    env: {
      PATH: process.env.PATH ?? '',
      DATABASE_URL: database.url,
      SHANSHUI_HTTP_PORT: '0',
      SHANSHUI_GATEWAY_PORT: '0',
    },
  })
  return { code: done.status, findings: JSON.parse(done.stdout) as Finding[] }
}

test('a sound installation passes, with the heads of both chains', () => {
  const { code, findings } = examine()
  expect(findings.filter((finding) => finding.state === 'fault')).toEqual([])
  expect(code).toBe(0)
  expect(findings.find((finding) => finding.name === '审计链')?.detail).toMatch(/^3 条，链头 [0-9a-f]{16}/)
  expect(findings.map((finding) => finding.name)).toEqual(
    expect.arrayContaining(['Node.js', '磁盘', '网页端口', '数据库', '数据库结构', '原始记录链']),
  )
})

test('a tampered audit chain is a fault that names the entry', async () => {
  await database.db.pool.query(`update audit set object = 'y' where seq = 2`)
  const { code, findings } = examine()
  expect(code).toBe(1)
  expect(findings.find((finding) => finding.name === '审计链')).toMatchObject({
    state: 'fault',
    detail: expect.stringContaining('第 2 条'),
  })
})
