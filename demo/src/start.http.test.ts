import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultConfig } from '@shanshui/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Api } from './api.ts'
import { HOUR_MS } from './calendar.ts'
import { readMarker } from './data-folder.ts'
import { type RunningDemo, startDemo } from './start.ts'

const folder = mkdtempSync(join(tmpdir(), 'shanshui-demo-start-'))
const firstMs = Date.parse('2023-03-10T09:20:00+08:00')
const clock = { ms: firstMs, now: () => clock.ms }
const HISTORY_DAYS = 2
const lines: string[] = []

function start(): Promise<RunningDemo> {
  // an empty folder for the web application: it is built and looked at in the browser journeys
  const config = { ...defaultConfig, dataDir: folder, webDir: folder, httpPort: 0, gatewayPort: 0 }
  return startDemo({
    config,
    fresh: false,
    clock,
    historyDays: HISTORY_DAYS,
    print: (line) => void lines.push(line),
  })
}

interface Ref {
  readonly text: string
}
interface Year {
  readonly items: readonly { readonly item: string; readonly value: Ref; readonly change: Ref }[]
  readonly excellent: { readonly days: Ref; readonly ratio: Ref }
  readonly index: { readonly value: Ref }
  readonly ranking: { readonly rank: Ref; readonly of: number }
}
interface Hours {
  readonly at: string
  readonly rows: readonly { readonly name: string; readonly values: Record<string, number | null> }[]
}

let demo: RunningDemo
let director: Api
let cityId = 0

async function asDirector(): Promise<void> {
  director = new Api(demo.url)
  await director.logIn('juzhang', demo.password)
  const cities = await director.get<{ items: { id: number }[] }>('/features?kind=air-city')
  cityId = cities.items[0]?.id ?? 0
}

beforeAll(async () => {
  demo = await start()
  expect(await demo.filled).toBeGreaterThan(0)
  await asDirector()
}, 180_000)
afterAll(async () => {
  await demo?.stop()
  rmSync(folder, { recursive: true, force: true })
}, 60_000)

describe('the demo city, loaded through the doors of the product', () => {
  it('has the figures of the report of 2022', async () => {
    const year = await director.get<Year>(`/air/cities/${cityId}/year?year=2022`)
    const of = (item: string) => year.items.find((entry) => entry.item === item)
    expect([of('pm25')?.value.text, of('pm25')?.change.text]).toEqual(['20', '+11.1'])
    expect([of('pm10')?.value.text, of('pm10')?.change.text]).toEqual(['62', '+6.9'])
    expect([year.excellent.days.text, year.excellent.ratio.text]).toEqual(['316', '87.5'])
    expect(year.index.value.text).toBe('3.35')
    expect([year.ranking.rank.text, year.ranking.of]).toEqual(['7', 14])
  })

  it('has the last whole hour from the line of the stations, all five of them', async () => {
    const hours = await director.get<Hours>('/air/hours')
    expect(Date.parse(hours.at)).toBe(Math.floor(firstMs / HOUR_MS) * HOUR_MS - HOUR_MS)
    expect(hours.rows).toHaveLength(6)
    // the gateway writes its counters down every few seconds
    const counts = async () => {
      const { items } = await director.get<{ items: { frames: number; quarantined: number }[] }>(
        '/gateway/stations',
      )
      return items.map(({ frames, quarantined }) => frames >= 24 && quarantined === 0)
    }
    await expect.poll(counts, { timeout: 30_000 }).toEqual(Array(115).fill(true))
  })

  it('has its enterprises, and every hour of the history of 110 outlets', async () => {
    const kinds = await director.get<{ items: { kind: string; count: number }[] }>('/registry/kinds')
    const count = (kind: string) => kinds.items.find((each) => each.kind === kind)?.count
    expect(['enterprise', 'outlet', 'permit', 'park'].map(count)).toEqual([39, 110, 38, 2])
    const { items } = await director.get<{ items: { id: number; code: string }[] }>(
      '/features?kind=outlet&limit=1000',
    )
    const day = 'from=2023-03-09T00:00:00%2B08:00&to=2023-03-10T00:00:00%2B08:00'
    for (const { id, code } of items.filter((_, i) => i % 20 === 0)) {
      const hours = await director.get<{ times: string[]; flow: (number | null)[] }>(
        `/sources/outlets/${id}/hours?${day}`,
      )
      expect([code, hours.times.length, hours.flow.includes(null)]).toEqual([code, 24, false])
    }
  })

  it('has an exceedance that goes on, and hours of yesterday that wait for a mark of the smelter', async () => {
    const exceeding = async () => {
      const { items } = await director.get<{ items: { outletName: string; factor: string }[] }>(
        '/sources/exceeding-now',
      )
      return items.map(({ outletName, factor }) => `${outletName} ${factor}`)
    }
    await expect.poll(exceeding, { timeout: 30_000 }).toContain('祁川钢铁集团有限公司2 号烧结机头烟囱 a21026')
    const smelter = new Api(demo.url)
    await smelter.logIn('qiye', demo.password)
    const { outlets } = await smelter.get<{ outlets: { pending: number }[] }>(
      '/sources/marking-day?date=2023-03-09',
    )
    expect(outlets.reduce((sum, { pending }) => sum + pending, 0)).toBeGreaterThan(1)
  })

  it('has met the targets of total emissions of 2022, in every county', async () => {
    const { items } = await director.get<{
      items: { pollutant: string; target: number; finished: number }[]
    }>('/reduction-progress?year=2022')
    expect(items).toHaveLength(16)
    for (const { pollutant, target, finished } of items)
      expect([pollutant, finished >= target]).toEqual([pollutant, true])
  })

  it('lets the smelter see its own outlets and nobody else’s', async () => {
    const smelter = new Api(demo.url)
    await smelter.logIn('qiye', demo.password)
    const { items } = await smelter.get<{ items: { name: string }[] }>('/features?kind=outlet&limit=1000')
    expect(items).toHaveLength(9)
    expect(items.every(({ name }) => name.startsWith('祁川铜镍冶炼'))).toBe(true)
  })

  it('starts again within five seconds and fetches the hours that it slept through', async () => {
    await demo.stop()
    expect(readMarker(folder)).toMatchObject({ loaded: true })
    clock.ms = firstMs + 20 * HOUR_MS
    lines.length = 0
    const began = performance.now()
    demo = await start()
    expect(performance.now() - began).toBeLessThan(5000)
    expect(lines).toEqual([])
    await asDirector()
    const hours = await director.get<Hours>('/air/hours')
    expect(Date.parse(hours.at)).toBe(Math.floor(clock.ms / HOUR_MS) * HOUR_MS - HOUR_MS)
    const { items } = await director.get<{ items: { date: string; reported: number; expected: number }[] }>(
      '/completeness?from=2023-03-10&to=2023-03-10&kind=air-station',
    )
    expect(items.map(({ reported, expected }) => [reported, expected])).toEqual(Array(5).fill([24, 24]))
    // the outlets catch up while people are already looking
    const newest = async () => {
      const { items: outlets } = await director.get<{ items: { latest: { hour: string } | null }[] }>(
        '/sources/outlets?limit=1000',
      )
      const ended = outlets.filter(({ latest }) => Date.parse(latest?.hour ?? '') >= clock.ms - 2 * HOUR_MS)
      return ended.length
    }
    await expect.poll(newest, { timeout: 30_000 }).toBeGreaterThan(100)
  }, 60_000)
})
