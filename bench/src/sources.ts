/** Pollution sources: a year of 110 outlets through all rules, what exceeds now, the list of leads at any depth. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultConfig, type RunningServer, silentLogger, startServer } from '@shanshui/server'
import type { BenchOptions, BenchResult } from './result.ts'
import { registerOutlets, writeCurrentHours, writeLeads } from './sources/city-data.ts'
import {
  evaluateYear,
  factorsOfOutlet,
  makeOutletYear,
  scanYear,
  type Totals,
  Workspace,
} from './sources/outlet-year.ts'
import { median, quantile } from './spread.ts'
import { type Client, logIn } from './storage-client.ts'

const outlets = 110
const manyOutlets = 6_000
const year = 2025
const hourMs = 3_600_000
const pageSize = 50
const strideSize = 1_000

export async function benchSources({ quick }: BenchOptions): Promise<readonly BenchResult[]> {
  const years = outletYears(quick)
  const dataDir = await mkdtemp(join(tmpdir(), 'shanshui-bench-sources-'))
  const server = await startServer(
    { ...defaultConfig, dataDir, httpPort: 0, logLevel: 'silent', rateLimitPerMinute: 1_000_000 },
    { only: ['api'], log: silentLogger, withoutFirstAdministrator: true },
  )
  try {
    const client = await logIn(server)
    return [...years, ...(await overHttp(server, client, quick))]
  } finally {
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

const cpuSeconds = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/** Processor time of this one thread (and its collector), so that other work on the machine does not count. */
function outletYears(quick: boolean): BenchResult[] {
  const count = quick ? 20 : outlets
  const totals: Totals = {
    hours: 0,
    validHours: 0,
    exceedances: 0,
    massKg: 0,
    substitutedKg: 0,
    leads: 0,
  }
  let workspace: Workspace | undefined
  let [evaluating, scanning, wall] = [0, 0, 0]
  for (let index = 0; index < count; index++) {
    const made = makeOutletYear(index, year)
    workspace ??= new Workspace(made.hours.startMs.length)
    const started = performance.now()
    const before = cpuSeconds()
    evaluateYear(made, workspace, totals)
    const between = cpuSeconds()
    scanYear(made, totals)
    evaluating += between - before
    scanning += cpuSeconds() - between
    wall += (performance.now() - started) / 1000
  }
  const scale = outlets / count
  const did = `${totals.validHours} valid of ${totals.hours} factor-hours, ${totals.exceedances} exceedances, ${totals.leads} fraud hits`
  return [
    {
      what: `one year of ${outlets} outlets, hourly, ${factorsOfOutlet} factors each: validity, conversion, mass, substitution, daily means, exceedance and all fraud rules, one core`,
      value: (evaluating + scanning) * scale,
      unit: 's',
      bar: { kind: 'at-most', value: 60, unit: 's' },
      note: `processor time; ${(wall * scale).toFixed(1)} s by the clock; ${quick ? `${count} outlets scaled up; ` : ''}${did}`,
    },
    {
      what: 'of it without the fraud rules',
      value: evaluating * scale,
      unit: 's',
      note: `${((outlets * 365 * 24 * factorsOfOutlet) / (evaluating * scale) / 1e6).toFixed(1)} M factor-hours/s`,
    },
  ]
}

async function overHttp(server: RunningServer, client: Client, quick: boolean): Promise<BenchResult[]> {
  const { db, clock } = server.deps
  await registerOutlets(db, manyOutlets)
  await writeCurrentHours(db, Math.floor(clock.now() / hourMs) * hourMs - hourMs)
  const leads = quick ? 60_000 : 200_000
  await writeLeads(db, leads, clock.now())
  return [await exceedingNow(client, quick ? 20 : 100), ...(await leadPages(client, leads))]
}

async function exceedingNow(client: Client, times: number): Promise<BenchResult> {
  const taken: number[] = []
  let found = 0
  for (let i = 0; i < times; i++) {
    const { ms, body } = await client.get('/sources/exceeding-now')
    taken.push(ms)
    found = (body as { items: unknown[] }).items.length
  }
  if (found === 0) throw new Error('nothing exceeds: the data of the measurement do not fit the route')
  return {
    what: `what is exceeding now, ${manyOutlets} outlets, to the client, p95 of ${times}`,
    value: quantile(taken, 0.95),
    unit: 'ms',
    bar: { kind: 'at-most', value: 200, unit: 'ms' },
    note: `${found} outlet factors above a limit, median ${median(taken).toFixed(0)} ms`,
  }
}

interface Listed {
  readonly items: readonly unknown[]
  readonly next: string | null
}

/** Walks the whole list in long strides and asks for a page of everyday size at every stop. */
async function leadPages(client: Client, leads: number): Promise<BenchResult[]> {
  const results: BenchResult[] = []
  for (const order of ['rank', 'recent'] as const) {
    const pages: number[] = []
    const strides: number[] = []
    let seen = 0
    let cursor = ''
    for (;;) {
      const tail = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`
      pages.push((await client.get(`/leads?order=${order}&limit=${pageSize}${tail}`)).ms)
      const { ms, body } = await client.get(`/leads?order=${order}&limit=${strideSize}${tail}`)
      strides.push(ms)
      const { items, next } = body as Listed
      seen += items.length
      if (next === null || next === undefined) break
      cursor = next
    }
    if (seen !== leads) throw new Error(`${seen} leads listed of ${leads}`)
    results.push({
      what: `a page of ${pageSize} leads by ${order}, ${leads} open, slowest of ${pages.length} depths, to the client`,
      value: Math.max(...pages),
      unit: 'ms',
      bar: { kind: 'at-most', value: 300, unit: 'ms' },
      note: `median ${median(pages).toFixed(0)} ms, first ${pages[0]?.toFixed(0)} ms, last ${pages.at(-1)?.toFixed(0)} ms; pages of ${strideSize}: p95 ${quantile(strides, 0.95).toFixed(0)} ms`,
    })
  }
  return results
}
