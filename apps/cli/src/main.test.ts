import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

const command = join(import.meta.dirname, '..', 'bin', 'shanshui.js')
let cwd: string
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'shanshui-cli-'))
})
afterEach(() => rmSync(cwd, { recursive: true, force: true }))

function run(
  args: readonly string[],
  env: Record<string, string> = {},
  input = '',
): { code: number | null; out: string; err: string } {
  const done = spawnSync(process.execPath, [command, ...args], {
    cwd,
    input,
    encoding: 'utf8',
    env: { PATH: process.env.PATH ?? '', HOME: cwd, ...env },
  })
  return { code: done.status, out: done.stdout, err: done.stderr }
}

test('--help lists every command', () => {
  const { code, out } = run(['--help'])
  expect(code).toBe(0)
  for (const name of [
    'demo',
    'serve',
    'migrate',
    'config',
    'doctor',
    'evaluate',
    'hj212',
    'backup',
    'restore',
  ]) {
    expect(out).toMatch(new RegExp(`^  ${name}\\b`, 'm'))
  }
})

test('--version says the version of the package', () => {
  const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8'))
  expect(run(['--version']).out.trim()).toBe(version)
})

test('wrong use exits with 2: unknown command, unknown option, bad value', () => {
  expect(run(['levitate']).code).toBe(2)
  expect(run(['config', '--colour']).code).toBe(2)
  expect(run(['serve', '--only', 'kitchen']).code).toBe(2)
  expect(run(['serve', '--port', '99999']).code).toBe(2)
})

test('a faulty configuration exits with 2 and names every fault', () => {
  const { code, err } = run(['config'], { SHANSHUI_HTTP_PORT: 'x', SHANSHUI_LOG_LEVEL: 'loud' })
  expect(code).toBe(2)
  expect(err).toContain('SHANSHUI_HTTP_PORT')
  expect(err).toContain('SHANSHUI_LOG_LEVEL')
})

test('what is refused exits with 1 and its code', () => {
  const { code, err } = run(['migrate'], { DATABASE_URL: 'postgres://a:b@127.0.0.1:1/x' })
  expect(code).toBe(1)
  expect(err).toContain('database.unavailable')
  expect(err).not.toContain('    at ')
})

test('config shows value, source and unit, and hides secrets', () => {
  const { out } = run(['config', '--json'], { DATABASE_URL: 'postgres://me:topsecret@db/x' })
  const entries = JSON.parse(out) as { key: string; value: string; source: string }[]
  expect(entries.find((entry) => entry.key === 'databaseUrl')).toMatchObject({
    value: 'postgres://me:***@db/x',
    source: 'environment',
  })
  expect(run(['config', '--table']).out).toContain('| `httpPort` | `SHANSHUI_HTTP_PORT` | `8080` |')
})

test('a reader that goes away ends the writer quietly', () => {
  const done = spawnSync('sh', ['-c', `"${process.execPath}" "${command}" config | head -1`], {
    cwd,
    encoding: 'utf8',
  })
  expect(done.stdout).toContain('dataDir')
  expect(done.stderr).toBe('')
})

test('the entry is plain JavaScript that an old Node can read', () => {
  const text = readFileSync(command, 'utf8')
  expect(text).not.toMatch(/\?\?=|\bimport\s+[^(]*\bfrom\b.*\.ts/)
  expect(text).toContain('Node.js 24')
})
