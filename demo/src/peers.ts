import { civilDate, dayOf } from './calendar.ts'
import { bell, stream, uniform } from './chance.ts'
import { FIRST_YEAR } from './goals.ts'
import { peers } from './places.ts'

/** A published composite index of another city; months and years, as a provincial bulletin prints them. */
export interface PeerIndex {
  /** `2022`, `2022-07`, and of the running year `2026年1-10月` */
  readonly period: string
  readonly code: string
  readonly name: string
  readonly index: number
}

/** Indexes of 2022, from the cleanest to the dirtiest; the gaps are those of a province, not evenly spaced. */
const INDEX_2022 = [2.58, 2.74, 2.86, 2.97, 3.13, 3.28, 3.41, 3.46, 3.57, 3.64, 3.83, 4.02, 4.37] as const
/** The whole province moves together from year to year, relative to 2022. */
const YEAR_LEVEL: Record<number, number> = { 2021: 0.975, 2022: 1, 2023: 0.99, 2024: 0.955, 2025: 0.93 }
const LEVEL_AHEAD = 0.915
const MONTH_LEVEL = [1.28, 1.14, 1.08, 0.98, 0.9, 0.84, 0.83, 0.82, 0.86, 0.96, 1.12, 1.24] as const
/** One month in forty a bulletin lacks a city. */
const LACKING = 0.025

/** Indexes of every year and month that has ended before `nowMs`; a bulletin comes out when the period is over. */
export function peerIndexes(seed: number, nowMs: number): PeerIndex[] {
  const { year: thisYear, month: thisMonth } = civilDate(dayOf(nowMs))
  const draw = stream(seed, 'peers')
  const order = cleanestFirst(draw)
  const rows: PeerIndex[] = []
  for (let year = FIRST_YEAR; year <= thisYear; year++) {
    peers.forEach((peer, p) => {
      const base = (INDEX_2022[order[p] as number] as number) * (YEAR_LEVEL[year] ?? LEVEL_AHEAD)
      const drift = year === 2022 ? 0 : 0.018 * bell(draw, year * 100 + p)
      const ofYear = base * (1 + drift)
      if (year < thisYear) rows.push({ period: String(year), ...peer, index: twoDecimals(ofYear) })
      const months = year < thisYear ? 12 : thisMonth - 1
      let sum = 0
      for (let month = 1; month <= months; month++) {
        const index = (year * 12 + month) * 20 + p
        const ofMonth = ofYear * (MONTH_LEVEL[month - 1] as number) * (1 + 0.04 * bell(draw, ~index))
        sum += ofMonth
        if (uniform(draw, index) >= LACKING) {
          rows.push({
            period: `${year}-${String(month).padStart(2, '0')}`,
            ...peer,
            index: twoDecimals(ofMonth),
          })
        }
        if (year < thisYear || month === 1) continue
        rows.push({ period: `${year}年1-${month}月`, ...peer, index: twoDecimals(sum / month) })
      }
    })
  }
  return rows
}

/** Which peer holds which place, so that the number in its name says nothing. */
function cleanestFirst(draw: number): number[] {
  return peers
    .map((_, p) => ({ p, key: uniform(draw, 7_000 + p) }))
    .sort((a, b) => a.key - b.key)
    .map(({ p }) => p)
}

export function peerFile(rows: readonly PeerIndex[]): { name: string; text: string } {
  const lines = rows.map(({ period, code, name, index }) => `${period},${code},${name},${index.toFixed(2)}`)
  return { name: '对标城市综合指数.csv', text: `period,city,name,index\n${lines.join('\n')}\n` }
}

function twoDecimals(value: number): number {
  return Math.round(value * 100) / 100
}
