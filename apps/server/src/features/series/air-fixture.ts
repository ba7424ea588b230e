/** For tests: a small city with four assessment stations and a clean-control one, and hours for them. */
import type { Database } from '../../platform/db/index.ts'
import { upsertFeature, upsertRegion } from '../registry/index.ts'
import { hourMs } from './civil-time.ts'
import { internLayout } from './layout.repository.ts'
import { airFactors } from './rollup.days.ts'
import type { Cause, ObservationRow } from './series.table.ts'
import { writeObservations } from './write.service.ts'

export const testCause: Cause = {
  by: 'test',
  reason: '测试写入',
  atMs: Date.parse('2026-03-02T00:00:00+08:00'),
}

export interface TestCity {
  readonly cityId: number
  readonly stationIds: readonly number[]
  readonly controlId: number
  readonly layoutId: number
}

export async function makeTestCity(db: Database): Promise<TestCity> {
  return db.transaction(async (trx) => {
    for (const [code, level, parentCode] of [
      [620000, 'province', null],
      [629000, 'city', 620000],
      [629001, 'county', 629000],
      [629002, 'county', 629000],
    ] as const) {
      await upsertRegion(trx, 'system', { code, name: `测试区${code}`, level, parentCode })
    }
    const stationIds: number[] = []
    for (const [i, code] of ['S1', 'S2', 'S3', 'S4', 'S5'].entries()) {
      const station = await upsertFeature(trx, 'system', {
        kind: 'air-station',
        code,
        name: `测试站${i + 1}`,
        regionCode: i < 3 ? 629001 : 629002,
        lon: 102 + i / 10,
        lat: 38,
        properties: {
          mn: `MN${code}`,
          siteRole: i === 4 ? 'clean-control' : 'assessment',
          zoneClass: i === 4 ? 1 : 2,
          cityCode: 'C1',
        },
      })
      stationIds.push(station.id)
    }
    const city = await upsertFeature(trx, 'system', {
      kind: 'air-city',
      code: 'C1',
      name: '测试市',
      regionCode: 629000,
      properties: { members: ['S1', 'S2', 'S3', 'S4'] },
    })
    const layoutId = await internLayout(trx, airFactors)
    return { cityId: city.id, stationIds: stationIds.slice(0, 4), controlId: stationIds[4] ?? 0, layoutId }
  })
}

export type HourValue = (pointId: number, atMs: number, item: number) => number

/** Hour rows of points in [fromMs, toMs), one message an hour; an hour without any number is left out. */
export function hourRows(
  city: TestCity,
  pointIds: readonly number[],
  fromMs: number,
  toMs: number,
  value: HourValue,
  msg = 1n,
): ObservationRow[] {
  const rows: ObservationRow[] = []
  for (let atMs = fromMs; atMs < toMs; atMs += hourMs) {
    for (const pointId of pointIds) {
      const values = airFactors.map((_, item) => value(pointId, atMs, item))
      if (values.every(Number.isNaN)) continue
      rows.push({
        pointId,
        regionCode: 629001,
        ownerId: 0,
        startMs: atMs,
        layoutId: city.layoutId,
        values,
        flags: 'N'.repeat(values.length),
        msg,
      })
    }
  }
  return rows
}

export async function writeHours(db: Database, rows: readonly ObservationRow[]): Promise<void> {
  for (let from = 0; from < rows.length; from += 5_000) {
    await db.transaction((trx) => writeObservations(trx, 'hour', rows.slice(from, from + 5_000), testCause))
  }
}
