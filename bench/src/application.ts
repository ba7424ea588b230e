/** What a person waits for: the start of the demo, the first page, a year's statistics, a correction. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { Api } from '../../demo/src/api.ts'
import { signIn, startBrowser, visitor } from '../../e2e/src/browser.ts'
import { type City, startCity } from '../../e2e/src/city.ts'
import type { BenchOptions, BenchResult } from './result.ts'

const VISITS = 7
const QUERIES = 40
const CORRECTIONS = 7
const YEAR = 2024

export async function benchApplication({ quick }: BenchOptions): Promise<readonly BenchResult[]> {
  const folder = mkdtempSync(join(tmpdir(), 'shanshui-bench-city-'))
  const browser = await startBrowser()
  try {
    const first = await startCity(folder)
    await first.stop()
    const city = await startCity(folder)
    try {
      const api = new Api(city.origin)
      await api.logIn('jiance', city.password)
      return [
        start('demo, first start: from the command to the logins', first.startSeconds, 60),
        start('demo, first start: until the past of all outlets is in', first.filledSeconds, 60),
        start('demo, later start', city.startSeconds, 5),
        ...(await firstPage(browser, city, quick ? 3 : VISITS)),
        await yearStatistics(api, quick ? 10 : QUERIES),
        await corrections(api, quick ? 2 : CORRECTIONS),
      ]
    } finally {
      await city.stop()
    }
  } finally {
    await browser.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

function start(what: string, seconds: number, most: number): BenchResult {
  return { what, value: seconds, unit: 's', bar: { kind: 'at-most', value: most, unit: 's' } }
}

interface Visit {
  readonly paintMs: number
  readonly kilobytes: number
}

/** The overview with an empty cache, by somebody who is signed in; bytes without the map, which comes after. */
async function firstPage(browser: Browser, city: City, visits: number): Promise<BenchResult[]> {
  const seen: Visit[] = []
  for (let i = 0; i < visits; i++) {
    const { page, context } = await visitor(browser, city.origin)
    await signIn(page, 'juzhang', city.password)
    const state = await context.storageState()
    await context.close()
    const cold = await browser.newContext({ storageState: state, viewport: { width: 1366, height: 768 } })
    const fresh = await cold.newPage()
    await fresh.goto(`${city.origin}/overview`)
    await fresh.getByText('今年以来').waitFor()
    await fresh.waitForLoadState('networkidle').catch(() => undefined)
    seen.push(await fresh.evaluate<Visit>(observe))
    await cold.close()
  }
  const sorted = seen.map(({ paintMs }) => paintMs).sort((a, b) => a - b)
  const median = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
  return [
    {
      what: `first page, largest contentful paint, median of ${visits} visits with an empty cache`,
      value: median / 1000,
      unit: 's',
      bar: { kind: 'at-most', value: 1.5, unit: 's' },
    },
    {
      what: 'first page, transferred before the map',
      value: Math.max(...seen.map(({ kilobytes }) => kilobytes)),
      unit: 'kB',
      bar: { kind: 'at-most', value: 600, unit: 'kB' },
    },
  ]
}

/** Runs in the page; a text, since the compiler here knows no document. */
const observe = `new Promise((resolve) => {
  new PerformanceObserver((list) => {
    const paint = list.getEntries().at(-1)
    const entries = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
    const bytes = entries
      .filter((entry) => !/GlMap|maplibre|geojson/i.test(entry.name))
      .reduce((sum, entry) => sum + entry.transferSize, 0)
    resolve({ paintMs: paint.startTime, kilobytes: bytes / 1000 })
  }).observe({ type: 'largest-contentful-paint', buffered: true })
})`

interface Listed {
  readonly items: readonly { readonly id: number }[]
}
interface Year {
  readonly items: readonly { readonly value: { readonly id: number; readonly text: string } }[]
}
interface FigureState {
  readonly state: string
  readonly computedAt: string
}

const cityIdOf = async (api: Api) => (await api.get<Listed>('/features?kind=air-city')).items[0]?.id ?? 0

/** A year to a date that nobody has asked for before, so that nothing is stored yet. */
async function yearStatistics(api: Api, queries: number): Promise<BenchResult> {
  const city = await cityIdOf(api)
  const times: number[] = []
  for (let i = 0; i < queries; i++) {
    const day = String(1 + (i % 28)).padStart(2, '0')
    const month = String(12 - Math.floor(i / 28)).padStart(2, '0')
    const started = performance.now()
    await api.get(`/air/cities/${city}/year?year=2023&to=2023-${month}-${day}`)
    times.push(performance.now() - started)
  }
  times.sort((a, b) => a - b)
  return {
    what: `all figures of a city-year, computed from its days, to the client, p95 of ${queries}`,
    value: times[Math.ceil(queries * 0.95) - 1] ?? Number.NaN,
    unit: 'ms',
    bar: { kind: 'at-most', value: 300, unit: 'ms' },
  }
}

/** From the reviewer's mark on a raw day to the yearly figure that rests on it. */
async function corrections(api: Api, count: number): Promise<BenchResult> {
  const city = await cityIdOf(api)
  const year = await api.get<Year>(`/air/cities/${city}/year?year=${YEAR}`)
  const figure = year.items[0]?.value.id ?? 0
  const pointId = (await api.get<Listed>('/features?kind=air-station')).items[0]?.id
  let longest = 0
  for (let i = 0; i < count; i++) {
    const before = await api.get<FigureState>(`/figures/${figure}`)
    const day = `${YEAR}-07-${String(10 + i).padStart(2, '0')}`
    const next = `${YEAR}-07-${String(11 + i).padStart(2, '0')}`
    const started = performance.now()
    await api.post('/marks', {
      pointId,
      from: `${day}T00:00:00+08:00`,
      to: `${next}T00:00:00+08:00`,
      reason: '性能测量：更正一日原始数据',
    })
    await changed(api, figure, before)
    longest = Math.max(longest, performance.now() - started)
  }
  return {
    what: `a corrected raw day in the figure of its year, longest of ${count}`,
    value: longest,
    unit: 'ms',
    bar: { kind: 'at-most', value: 1000, unit: 'ms' },
  }
}

async function changed(api: Api, figure: number, before: FigureState): Promise<void> {
  const deadline = Date.now() + 30_000
  while (Date.now() < deadline) {
    const now = await api.get<FigureState>(`/figures/${figure}`)
    if (now.state !== 'fresh' || now.computedAt !== before.computedAt) return
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error(`figure ${figure} did not notice the correction`)
}
