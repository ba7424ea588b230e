/** For tests: a city with two assessment stations, peers with published indexes, and hours for two years. */
import { type AirItem, airItemInfo, airItems } from '@shanshui/standards'
import type { Database } from '../../platform/db/index.ts'
import { appendBlock } from '../intake/index.ts'
import { upsertFeature, upsertRegion } from '../registry/index.ts'
import { internLayout, type ObservationRow, writeObservations } from '../series/index.ts'
import { dayNumber, dayStartMs, hourMs } from './civil-day.ts'

export interface FixtureCity {
  readonly cityId: number
  readonly stationIds: readonly number[]
  readonly layoutId: number
}

export const fixtureNowMs = Date.parse('2023-03-01T09:30:00+08:00')
const factors = airItems.map((item) => airItemInfo[item].code)

export async function makeFixtureCity(db: Database): Promise<FixtureCity> {
  return db.transaction(async (trx) => {
    for (const [code, level, parentCode] of [
      [620000, 'province', null],
      [629000, 'city', 620000],
      [629001, 'county', 629000],
    ] as const) {
      await upsertRegion(trx, 'system', { code, name: `测试区${code}`, level, parentCode })
    }
    const stationIds: number[] = []
    for (const [i, code] of ['S1', 'S2'].entries()) {
      const station = await upsertFeature(trx, 'system', {
        kind: 'air-station',
        code,
        name: `测试站${i + 1}`,
        regionCode: 629001,
        lon: 102 + i / 10,
        lat: 38,
        properties: { siteRole: 'assessment', zoneClass: 2, cityCode: 'C1' },
      })
      stationIds.push(station.id)
    }
    const city = await upsertFeature(trx, 'system', {
      kind: 'air-city',
      code: 'C1',
      name: '测试市',
      regionCode: 629000,
      properties: { members: ['S1', 'S2'] },
    })
    for (const [i, composite] of [2.9, 3.3, null, 4.1].entries()) {
      const peer = await upsertFeature(trx, 'system', {
        kind: 'peer-city',
        code: `P${i + 1}`,
        name: `对标城市${i + 1}`,
        regionCode: 629000,
        lon: 103,
        lat: 37,
        properties: {},
      })
      if (composite === null) continue
      await trx.query(
        `insert into peer_index (city_id, period_from, period_to, composite, msg, updated_at)
         values ($1, '2022-01-01', '2022-12-31', $2, 1, to_timestamp(0))`,
        [peer.id, composite],
      )
    }
    return { cityId: city.id, stationIds, layoutId: await internLayout(trx, factors) }
  })
}

export type DayConcentrations = (date: string) => Partial<Record<AirItem, number>>

/** Flat hours for every day in from…to: an item absent from the day is missing for the whole day. */
export function flatHours(
  city: FixtureCity,
  from: string,
  to: string,
  of: DayConcentrations,
  msg = 1n,
): ObservationRow[] {
  const rows: ObservationRow[] = []
  for (let day = dayNumber(from); day <= dayNumber(to); day++) {
    const date = new Date(day * 86_400_000).toISOString().slice(0, 10)
    const concentrations = of(date)
    const values = airItems.map((item) => concentrations[item] ?? Number.NaN)
    if (values.every(Number.isNaN)) continue
    for (let hour = 0; hour < 24; hour++) {
      for (const pointId of city.stationIds) {
        rows.push(hourRow(city, pointId, dayStartMs(date) + hour * hourMs, values, msg))
      }
    }
  }
  return rows
}

export function hourRow(
  city: FixtureCity,
  pointId: number,
  startMs: number,
  values: readonly number[],
  msg: bigint,
): ObservationRow {
  return {
    pointId,
    regionCode: 629001,
    ownerId: 0,
    startMs,
    layoutId: city.layoutId,
    values,
    flags: 'N'.repeat(values.length),
    msg,
  }
}

export async function writeFixtureHours(db: Database, rows: readonly ObservationRow[]): Promise<void> {
  for (let from = 0; from < rows.length; from += 10_000) {
    await db.transaction((trx) =>
      writeObservations(trx, 'hour', rows.slice(from, from + 10_000), {
        by: 'test',
        reason: '测试写入',
        atMs: fixtureNowMs,
      }),
    )
  }
}

/** A frame in the journal; returns its message number. */
export async function journalFrame(db: Database, text: string): Promise<bigint> {
  return db.transaction(async (trx) => {
    const about = { receivedFromMs: fixtureNowMs, receivedToMs: fixtureNowMs, source: 'gateway' }
    const block = await appendBlock(trx, 'frames', [new TextEncoder().encode(text)], about)
    return block.msgOf(0)
  })
}

/** 2021: PM2.5 18, PM10 58. 2022: PM2.5 20, PM10 62; four days without data, 45 days with O3 170: 316 of 361. */
export const twoYears: DayConcentrations = (date) => {
  const usual = { o3: 130, no2: 28, so2: 12, co: 0.9 }
  if (date < '2022') return { ...usual, pm25: 18, pm10: 58 }
  if (date >= '2022-03-01' && date <= '2022-03-04') return {}
  const bad = date >= '2022-06-01' && date <= '2022-07-15'
  return { ...usual, pm25: 20, pm10: 62, o3: bad ? 170 : 130 }
}
