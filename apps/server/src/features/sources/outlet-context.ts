/** Loads what the hours of outlets depend on besides the data. */
import { type ConversionRule, referenceOxygenOf } from '@shanshui/standards'
import type { Queryable } from '../../platform/db/index.ts'
import { plannedStops } from '../intake/index.ts'
import {
  type Device,
  devicesOf,
  listOutlets,
  type Outlet,
  type PermitDocument,
  permitOn,
  permitVersions,
} from '../registry/index.ts'
import { dateOf, startOf } from '../series/index.ts'
import { factorUnit } from './factor-name.ts'
import { internOutletLayout } from './limit.repository.ts'
import { maintenanceForQa } from './maintenance.repository.ts'
import { marksInForce } from './mark.repository.ts'
import { qaIntervals } from './qa.ts'
import type { Settings } from './setting.repository.ts'
import { airFlowFactor, isPollutant, type OutletContext, waterFlowFactor } from './source.table.ts'

/** Contexts of the outlets for hours in [fromMs, toMs); outlets that are not (any more) registered are left out. */
export async function loadContexts(
  q: Queryable,
  outletIds: readonly number[],
  fromMs: number,
  toMs: number,
  settings: Settings,
): Promise<OutletContext[]> {
  const outlets = await listOutlets(q, { ids: outletIds })
  if (outlets.length === 0) return []
  const ids = outlets.map(({ id }) => id)
  const permits = await permitVersions(q, [...new Set(outlets.map(({ enterprise }) => enterprise.code))])
  const devices = Map.groupBy(await devicesOf(q, ids), (device) => device.outletId)
  // quotas of exemptions count from the first hour of the year
  const marks = Map.groupBy(
    await marksInForce(q, ids, startOf('year', fromMs), toMs),
    (mark) => mark.outletId,
  )
  const stops = Map.groupBy(await plannedStops(q, fromMs, toMs), (stop) => stop.pointId)
  const ledger = Map.groupBy(await maintenanceForQa(q, ids), (record) => record.outletId)
  const layouts = new Map<string, number>()
  const contexts: OutletContext[] = []
  for (const outlet of outlets) {
    const pollutants = outlet.factors.filter(isPollutant).toSorted()
    if (pollutants.length === 0) continue
    const own = devices.get(outlet.id) ?? []
    const records = ledger.get(outlet.id) ?? []
    const key = pollutants.join('\n')
    const layoutId = layouts.get(key) ?? (await internOutletLayout(q, pollutants))
    layouts.set(key, layoutId)
    const documents = permits.get(outlet.enterprise.code) ?? []
    contexts.push({
      outlet,
      pollutants,
      layoutId,
      conversion: conversionOf(outlet, permitOn(documents, dateOf(fromMs))),
      flowFactor: flowFactorOf(outlet, own),
      permits: documents,
      devices: own,
      ranges: rangesOf(own),
      marks: marks.get(outlet.id) ?? [],
      plannedStops: stops.get(outlet.id) ?? [],
      records,
      qa: qaIntervals(outlet, own, records, toMs, settings),
    })
  }
  return contexts
}

/** What the outlet's card says goes before the permit, the permit before the table of facilities. */
export function conversionOf(outlet: Outlet, permit: PermitDocument | undefined): ConversionRule {
  if (outlet.medium === 'water') return { kind: 'measured' }
  const permitted = permit?.outlets.find((one) => one.number === outlet.number)?.referenceO2
  const o2 = outlet.referenceO2 ?? permitted
  if (o2 !== undefined && o2 !== null) return { kind: 'reference-oxygen', o2 }
  return referenceOxygenOf(outlet.facility)?.rule ?? { kind: 'measured' }
}

const perHour: Readonly<Record<string, number>> = {
  'm3/s': 3600,
  'm3/min': 60,
  'm3/h': 1,
  'L/s': 3.6,
  'L/min': 0.06,
  'L/h': 0.001,
}
/** Units of the factor table of HJ 212 where the device's card names none. */
const sentIn = { air: 'm3/s', water: 'L/s' } as const

/** What the sent flow is multiplied with to be m³/h. */
function flowFactorOf(outlet: Outlet, devices: readonly Device[]): number {
  const factor = outlet.medium === 'air' ? airFlowFactor : waterFlowFactor
  const unit = devices.flatMap((device) => device.parameters).find((one) => one.factor === factor)?.unit
  const plain = unit?.replace('³', '3').replace('Nm', 'm').replace(/\s/g, '')
  return perHour[plain ?? sentIn[outlet.medium]] ?? perHour[sentIn[outlet.medium]] ?? Number.NaN
}

/**
 * Upper ends of measuring ranges in the unit of the values. A range in another unit (ppm) says nothing here; of several
 * devices for one factor the widest counts.
 */
function rangesOf(devices: readonly Device[]): Map<string, number> {
  const ranges = new Map<string, number>()
  for (const { factor, rangeHigh, unit } of devices.flatMap((device) => device.parameters)) {
    if (unit.replace('³', '3') !== factorUnit(factor).replace('³', '3') || !(rangeHigh > 0)) continue
    ranges.set(factor, Math.max(rangeHigh, ranges.get(factor) ?? 0))
  }
  return ranges
}
