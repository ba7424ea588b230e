/** Enterprises, outlets and devices as other rooms see them. */
import type { Queryable } from '../../platform/db/index.ts'
import { numberOrNull, textOrNull, texts } from './property-values.ts'
import { selectPoints } from './registry.repository.ts'
import { type Point, toPoint } from './registry.service.ts'
import type { FeatureRow } from './registry.table.ts'
import {
  type EnterpriseFilter,
  type OutletFilter,
  selectBelowOutlets,
  selectDeviceVersions,
  selectEnterprises,
  selectOutlets,
} from './sources.repository.ts'

export interface Outlet extends Point {
  readonly enterprise: Point
  /** DA001, DW001 … */
  readonly number: string
  readonly medium: 'air' | 'water'
  /** Key of the limit tables. */
  readonly facility: string
  /** Volume fraction, %. */
  readonly referenceO2: number | null
  /** Factor codes of HJ 212 that are monitored. */
  readonly factors: readonly string[]
  readonly operator: string | null
  readonly main: boolean
  readonly special: boolean
  readonly ultraLow: boolean
  readonly direct: boolean
}

/** What a device is set to for one factor. */
export interface DeviceParameter {
  readonly factor: string
  readonly rangeHigh: number
  readonly unit: string
  readonly slope: number
  readonly intercept: number
  readonly k?: number
  readonly referenceO2?: number
  readonly detectionLimit?: number
}

export interface Device extends Point {
  readonly outletId: number
  readonly mn: string | null
  readonly model: string
  readonly manufacturer: string
  readonly operator: string
  /** Civil days, `YYYY-MM-DD`. */
  readonly acceptedOn: string | null
  readonly lastCalibratedOn: string | null
  readonly lastVerifiedOn: string | null
  readonly parameters: readonly DeviceParameter[]
}

export interface Facility extends Point {
  readonly outletId: number
}

function toOutlet(row: FeatureRow, enterprise: Point): Outlet {
  const p = row.properties
  return {
    ...toPoint(row),
    enterprise,
    number: String(p.number),
    medium: p.medium === 'water' ? 'water' : 'air',
    facility: String(p.facility),
    referenceO2: numberOrNull(p.referenceO2),
    factors: texts(p.factors),
    operator: textOrNull(p.operator),
    main: p.main === true,
    special: p.special === true,
    ultraLow: p.ultraLow === true,
    direct: p.direct === true,
  }
}

/** Outlets in order of id; an actor's transaction shows the actor's own. Twins that a merger ended are left out. */
export async function listOutlets(q: Queryable, filter: OutletFilter = {}): Promise<Outlet[]> {
  const rows = await selectOutlets(q, filter)
  const ids = [...new Set(rows.map((row) => row.enterprise_id))]
  const enterprises = new Map((await selectPoints(q, { ids })).map((row) => [row.id, toPoint(row)]))
  return rows.flatMap((row) => {
    const enterprise = enterprises.get(row.enterprise_id)
    return enterprise === undefined ? [] : [toOutlet(row, enterprise)]
  })
}

/** Enterprises in order of id; those that were merged into another are left out. */
export async function listEnterprises(q: Queryable, filter: EnterpriseFilter = {}): Promise<Point[]> {
  return (await selectEnterprises(q, filter)).map(toPoint)
}

/** Devices at outlets, in order of id. */
export async function devicesOf(q: Queryable, outletIds: readonly number[]): Promise<Device[]> {
  return (await selectBelowOutlets(q, 'monitoring-device', outletIds)).map((row) => {
    const p = row.properties
    return {
      ...toPoint(row),
      outletId: row.outlet_id,
      mn: textOrNull(p.mn),
      model: String(p.model),
      manufacturer: String(p.manufacturer),
      operator: String(p.operator),
      acceptedOn: textOrNull(p.acceptedOn),
      lastCalibratedOn: textOrNull(p.lastCalibratedOn),
      lastVerifiedOn: textOrNull(p.lastVerifiedOn),
      parameters: p.parameters as DeviceParameter[],
    }
  })
}

/** Treatment facilities before outlets, in order of id. */
export async function facilitiesOf(q: Queryable, outletIds: readonly number[]): Promise<Facility[]> {
  const rows = await selectBelowOutlets(q, 'treatment-facility', outletIds)
  return rows.map((row) => ({ ...toPoint(row), outletId: row.outlet_id }))
}

export interface ParameterChange {
  readonly outletId: number
  readonly deviceId: number
  readonly atMs: number
  readonly factor: string
  /** A field of `DeviceParameter`, or `factor` when the factor itself came (before null) or went (after null). */
  readonly name: string
  readonly before: number | string | null
  readonly after: number | string | null
  /** Who; null: the system. */
  readonly by: string | null
}

const parameterFields = [
  'rangeHigh',
  'unit',
  'slope',
  'intercept',
  'k',
  'referenceO2',
  'detectionLimit',
] as const

type ParameterDifference = Pick<ParameterChange, 'factor' | 'name' | 'before' | 'after'>

/** Differences of two settings of one device, by factor and field. */
export function differencesOf(
  before: readonly DeviceParameter[],
  after: readonly DeviceParameter[],
): ParameterDifference[] {
  const was = new Map(before.map((parameter) => [parameter.factor, parameter]))
  const is = new Map(after.map((parameter) => [parameter.factor, parameter]))
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((factor): ParameterDifference[] => {
    const [old, now] = [was.get(factor), is.get(factor)]
    if (old === undefined || now === undefined) {
      return [{ factor, name: 'factor', before: old?.factor ?? null, after: now?.factor ?? null }]
    }
    return parameterFields
      .filter((name) => old[name] !== now[name])
      .map((name) => ({ factor, name, before: old[name] ?? null, after: now[name] ?? null }))
  })
}

/**
 * Changes of device parameters at outlets with `fromMs <= at < toMs`, oldest first, from the history of the devices.
 * The first registration of a device is no change.
 */
export async function parameterChanges(
  q: Queryable,
  outletIds: readonly number[],
  fromMs: number,
  toMs: number,
): Promise<ParameterChange[]> {
  const versions = await selectDeviceVersions(q, outletIds)
  const changes = versions.flatMap((version, index) => {
    const previous = versions[index - 1]
    const atMs = version.changed_at.getTime()
    if (previous?.device_id !== version.device_id || atMs < fromMs || atMs >= toMs) return []
    const [before, after] = [previous, version].map((v) => v.properties.parameters as DeviceParameter[])
    return differencesOf(before ?? [], after ?? []).map((difference) => ({
      outletId: version.outlet_id,
      deviceId: version.device_id,
      atMs,
      ...difference,
      by: version.changed_by,
    }))
  })
  return changes.toSorted((a, b) => a.atMs - b.atMs)
}
