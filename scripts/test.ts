/**
 * The README's test command: everything a change must pass, on a machine that has only Node and npm.
 *
 * Format, lint and types first (seconds), then unit, property, database and HTTP tests, the database tests once
 * more on the distribution's PostgreSQL where there is one, and last the browser journeys. Closes with one plain
 * line `N passed, N failed`.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { findChromium } from './browser.ts'

const root = join(import.meta.dirname, '..')
const reports = mkdtempSync(join(tmpdir(), 'shanshui-test-'))
const path = [join(root, 'node_modules', '.bin'), process.env.PATH ?? ''].join(delimiter)

interface Step {
  readonly name: string
  readonly command: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** File of vitest's JSON report, when the step runs tests. */
  readonly report?: string
}

interface Outcome {
  readonly passed: number
  readonly failed: number
  readonly seconds: number
}

function run(step: Step): Outcome {
  const started = performance.now()
  process.stdout.write(`\n== ${step.name}\n`)
  const [command = '', ...args] = step.command
  const done = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PATH: path, ...step.env },
  })
  const seconds = (performance.now() - started) / 1000
  const ok = done.status === 0
  if (step.report === undefined) return { passed: 0, failed: ok ? 0 : 1, seconds }
  const counted = countTests(join(reports, step.report))
  // A run that broke before or after its tests is a failure even when no single test is to blame.
  return { passed: counted.passed, failed: counted.failed > 0 || ok ? counted.failed : 1, seconds }
}

function countTests(file: string): { passed: number; failed: number } {
  if (!existsSync(file)) return { passed: 0, failed: 0 }
  const report = JSON.parse(readFileSync(file, 'utf8')) as { numPassedTests: number; numFailedTests: number }
  return { passed: report.numPassedTests, failed: report.numFailedTests }
}

function vitest(
  name: string,
  report: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Step {
  const output = ['--reporter=default', '--reporter=json', `--outputFile.json=${join(reports, report)}`]
  return { name, command: ['vitest', 'run', ...output, ...args], env, report }
}

/** Folder with initdb and postgres of a PostgreSQL server of the distribution (Debian's layout). */
function distributionPostgres(): string | undefined {
  const base = '/usr/lib/postgresql'
  if (!existsSync(base)) return undefined
  const versions = readdirSync(base).filter((name) => existsSync(join(base, name, 'bin', 'initdb')))
  const newest = versions.sort((a, b) => Number(b) - Number(a))[0]
  return newest === undefined ? undefined : join(base, newest, 'bin')
}

const postgres = distributionPostgres()
const browser = findChromium()

const steps: Step[] = [
  { name: 'format and lint', command: ['biome', 'ci', '.'] },
  { name: 'types: packages, server, command line', command: ['tsc', '-p', 'tsconfig.json'] },
  { name: 'types: web', command: ['tsc', '-p', 'apps/web/tsconfig.json'] },
  vitest('unit, property, database and HTTP tests', 'unit.json', []),
]
if (postgres !== undefined) {
  steps.push(
    vitest(`database tests on ${postgres}`, 'distribution.json', ['.db.test.ts'], {
      SHANSHUI_TEST_POSTGRES_BIN: postgres,
    }),
  )
}
steps.push({ name: 'web build', command: ['npm', 'run', 'build', '--workspace', '@shanshui/web'] })
steps.push(
  vitest('browser journeys', 'journeys.json', ['--config', 'e2e/vitest.config.ts'], {
    SHANSHUI_CHROMIUM: browser,
  }),
)

let passed = 0
let failed = 0
const summary: string[] = []
for (const step of steps) {
  const outcome = run(step)
  passed += outcome.passed
  failed += outcome.failed
  summary.push(`${outcome.failed === 0 ? 'ok  ' : 'FAIL'} ${step.name} (${outcome.seconds.toFixed(1)} s)`)
}
rmSync(reports, { recursive: true, force: true })
process.stdout.write(`\n${summary.join('\n')}\n\n${passed} passed, ${failed} failed\n`)
process.exitCode = failed === 0 ? 0 : 1
