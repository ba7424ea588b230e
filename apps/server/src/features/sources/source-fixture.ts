/** For tests: a plant with a gas boiler, a sewage outlet and an incinerator, and hours for them. */
import type { Database } from '../../platform/db/index.ts'
import {
  creditCode,
  deviceDraft,
  enterpriseDraft,
  makeRegions,
  outletDraft,
} from '../registry/enterprise-fixture.ts'
import { type Point, upsertFeature } from '../registry/index.ts'
import { hourMs, internLayout, type ObservationRow, writeObservations } from '../series/index.ts'

export const at = (text: string) => Date.parse(`${text}:00+08:00`)
export const cause = { by: 'test', reason: '测试写入', atMs: at('2026-03-02T00:00') }
export const airFactors = ['a00000', 'a19001', 'a21002', 'a21002Zs', 'a21026', 'a21026Zs', 'i33400'] as const
export const waterFactors = ['w00000', 'w01001', 'w01018', 'w21003'] as const

export interface TestPlant {
  readonly enterprise: Point
  readonly air: Point
  readonly water: Point
  readonly code: string
}

/** A gas boiler (GB 13271-2014: SO2 50, NOx 200 at 3.5 % O2) and a municipal sewage outlet. */
export async function makeTestPlant(db: Database, n = 1, regionCode = 629001): Promise<TestPlant> {
  return db.transaction(async (trx) => {
    await makeRegions(trx)
    const code = creditCode(n, regionCode)
    const enterprise = await upsertFeature(trx, 'system', enterpriseDraft(code, `试验厂${n}`, { regionCode }))
    const air = await upsertFeature(
      trx,
      'system',
      outletDraft(code, 'DA001', {
        regionCode,
        properties: {
          facility: 'boiler-gas',
          factors: ['a21026', 'a21002'],
          eiaApprovedOn: '2018-05-01',
          operator: '清源运维',
        },
      }),
    )
    const water = await upsertFeature(
      trx,
      'system',
      outletDraft(code, 'DW001', {
        regionCode,
        properties: { facility: 'sewage-1a', factors: ['w01018', 'w21003', 'w01001'], direct: true },
      }),
    )
    const parameter = (factor: string, unit: string) => ({
      factor,
      rangeHigh: 500,
      unit,
      slope: 1,
      intercept: 0,
    })
    await upsertFeature(
      trx,
      'system',
      deviceDraft(`${code}-DA001`, `D${n}A`, [parameter('a21026', 'mg/m3'), parameter('a00000', 'm3/h')], {
        regionCode,
      }),
    )
    await upsertFeature(
      trx,
      'system',
      deviceDraft(`${code}-DW001`, `D${n}W`, [parameter('w01018', 'mg/L'), parameter('w00000', 'm3/h')], {
        regionCode,
      }),
    )
    return { enterprise, air, water, code }
  })
}

export interface AirHour {
  readonly so2?: number
  readonly nox?: number
  readonly o2?: number
  readonly flow?: number
  readonly flag?: string
}

/** Hour messages of the boiler; undefined: no message. */
export function airRows(
  outlet: Point,
  layoutId: number,
  fromMs: number,
  toMs: number,
  value: (ms: number) => AirHour | undefined,
  msg = 1n,
): ObservationRow[] {
  const rows: ObservationRow[] = []
  for (let ms = fromMs; ms < toMs; ms += hourMs) {
    const hour = value(ms)
    if (hour === undefined) continue
    const { so2 = 20, nox = 100, o2 = 3.5, flow = 100_000, flag = 'N' } = hour
    const zs = 17.5 / (21 - o2)
    const { regionCode, ownerId, id: pointId } = outlet
    const values = [flow, o2, nox, nox * zs, so2, so2 * zs, 80]
    rows.push({ pointId, regionCode, ownerId, startMs: ms, layoutId, values, flags: flag.repeat(7), msg })
  }
  return rows
}

export async function writeAir(
  db: Database,
  outlet: Point,
  fromMs: number,
  toMs: number,
  value: (ms: number) => AirHour | undefined,
  msg = 1n,
  period: 'hour' | 'min' = 'hour',
): Promise<void> {
  await db.transaction(async (trx) => {
    const layoutId = await internLayout(trx, airFactors)
    await writeObservations(trx, period, airRows(outlet, layoutId, fromMs, toMs, value, msg), cause)
  })
}

export async function writeWater(
  db: Database,
  outlet: Point,
  fromMs: number,
  toMs: number,
  value: (ms: number) => { cod?: number; nh3?: number; ph?: number; flow?: number },
  msg = 1n,
): Promise<void> {
  await db.transaction(async (trx) => {
    const layoutId = await internLayout(trx, waterFactors)
    const { regionCode, ownerId, id: pointId } = outlet
    const rows: ObservationRow[] = []
    for (let ms = fromMs; ms < toMs; ms += hourMs) {
      const { cod = 30, nh3 = 2, ph = 7.2, flow = 100 } = value(ms)
      const values = [flow, ph, cod, nh3]
      rows.push({ pointId, regionCode, ownerId, startMs: ms, layoutId, values, flags: 'NNNN', msg })
    }
    await writeObservations(trx, 'hour', rows, cause)
  })
}
