/** Use cases of the registry: read points, keep features with their history. */
import type { FeatureInput, Geometry, RegionInput } from '@shanshui/contract'
import { Value } from 'typebox/value'
import { type Actor, isInScope, requirePermission } from '../../platform/actor.ts'
import { recordAudit } from '../../platform/audit/index.ts'
import type { Database, Queryable, Trx } from '../../platform/db/index.ts'
import { AppError } from '../../platform/errors.ts'
import { boxOf, centreOf } from './geometry.ts'
import { type FeatureKind, kindNamed } from './kinds/index.ts'
import {
  archiveFeature,
  type FeatureValues,
  insertFeature,
  type PointFilter,
  putRegion,
  replaceFeature,
  selectAssessmentStations,
  selectFeatureByCode,
  selectPoints,
  selectRegion,
  selectRegions,
} from './registry.repository.ts'
import type { FeatureRow, RegionRow } from './registry.table.ts'

/** A feature that may have observations, as other rooms see it. */
export interface Point {
  readonly id: number
  readonly kind: string
  readonly code: string
  readonly name: string
  readonly regionCode: number
  readonly ownerId: number
  readonly lon: number | null
  readonly lat: number | null
  readonly properties: Record<string, unknown>
}

function toPoint(row: FeatureRow): Point {
  return {
    id: row.id,
    kind: row.kind,
    code: row.code,
    name: row.name,
    regionCode: row.region_code,
    ownerId: row.owner_id,
    lon: row.lon,
    lat: row.lat,
    properties: row.properties,
  }
}

/** Points in order of id; an actor's transaction shows the actor's own. `regionCode` of a city covers its counties. */
export async function listPoints(q: Queryable, filter: PointFilter = {}): Promise<Point[]> {
  return (await selectPoints(q, filter)).map(toPoint)
}

export async function pointById(q: Queryable, id: number): Promise<Point | undefined> {
  return (await listPoints(q, { ids: [id] }))[0]
}

/** Stations whose mean is the value of the city (HJ 663): role `assessment` and named by the city. */
export async function assessmentStationsOf(q: Queryable, cityId: number): Promise<Point[]> {
  return (await selectAssessmentStations(q, cityId)).map(toPoint)
}

/** A feature with its kind. */
export interface FeatureDraft extends FeatureInput {
  readonly kind: string
}

interface FieldFault {
  readonly path: string
  readonly message: string
}

function propertyFaults(kind: FeatureKind, properties: unknown): FieldFault[] {
  if (Value.Check(kind.properties, properties)) return []
  return Value.Errors(kind.properties, properties).map((fault) => ({
    path: `properties${fault.instancePath}`,
    message: fault.message,
  }))
}

function placeOf(draft: FeatureDraft): Pick<FeatureValues, 'lon' | 'lat' | 'geometry' | 'box'> {
  const geometry: Geometry | null = draft.geometry ?? null
  const box = geometry === null ? null : boxOf(geometry)
  const centre = box === null ? { lon: null, lat: null } : centreOf(box)
  const lon = draft.lon ?? centre.lon
  const lat = draft.lat ?? centre.lat
  if ((lon === null) !== (lat === null)) throw new RangeError('经度和纬度应同时填写')
  if (lon === null || lat === null) return { lon, lat, geometry, box }
  // A point needs no GeoJSON of its own: its place is in the columns.
  const ownShape = geometry === null || geometry.type === 'Point' ? null : geometry
  return { lon, lat, geometry: ownShape, box: box ?? { west: lon, east: lon, south: lat, north: lat } }
}

/** Values to store. Errors: `registry.feature-invalid` with every fault. */
export function checkDraft(draft: FeatureDraft): FeatureValues {
  const kind = kindNamed(draft.kind)
  const properties = draft.properties ?? {}
  const faults = propertyFaults(kind, properties)
  if (kind.geometry === 'point' && draft.geometry != null && draft.geometry.type !== 'Point') {
    faults.push({ path: 'geometry', message: `${kind.title.zh}应为点` })
  }
  if (draft.validFrom != null && draft.validTo != null && draft.validTo < draft.validFrom) {
    faults.push({ path: 'validTo', message: '停用日期早于启用日期' })
  }
  let place: ReturnType<typeof placeOf> = { lon: null, lat: null, geometry: null, box: null }
  try {
    place = placeOf(draft)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    faults.push({ path: 'geometry', message: error.message })
  }
  if (faults.length > 0) {
    const detail = `${kind.title.zh} ${draft.code}：${faults.map((f) => `${f.path} ${f.message}`).join('；')}`
    throw new AppError('registry.feature-invalid', { detail, errors: faults })
  }
  return {
    code: draft.code,
    name: draft.name,
    regionCode: draft.regionCode,
    ownerId: draft.ownerId ?? 0,
    ...place,
    properties,
    validFrom: draft.validFrom ?? null,
    validTo: draft.validTo ?? null,
  }
}

async function requireRegion(q: Queryable, code: number): Promise<void> {
  const known = (await selectRegions(q)).some((region) => region.code === code)
  if (!known) throw new AppError('registry.region-unknown', { detail: `没有行政区 ${code}` })
}

function differs(row: FeatureRow, values: FeatureValues): boolean {
  const now = [
    row.name,
    row.region_code,
    row.owner_id,
    row.lon,
    row.lat,
    row.geometry,
    row.valid_from,
    row.valid_to,
  ]
  const next = [
    values.name,
    values.regionCode,
    values.ownerId,
    values.lon,
    values.lat,
    values.geometry,
    values.validFrom,
    values.validTo,
  ]
  return !(Value.Equal(now, next) && Value.Equal(row.properties, values.properties))
}

const idOf = (actor: Actor | 'system') => (actor === 'system' ? null : actor.userId)

function requireEditor(actor: Actor | 'system', kind: FeatureKind): void {
  if (actor !== 'system') requirePermission(actor, kind.editors)
}

/** A refusal of row-level security or of the unique key, in the catalogue's words. */
function asRefusal(error: unknown, values: FeatureValues): unknown {
  const code = (error as { code?: string }).code
  if (code === '23505') return new AppError('registry.code-taken', { detail: `代码 ${values.code} 已被使用` })
  if (code === '42501') {
    return new AppError('auth.forbidden', {
      detail: `行政区 ${values.regionCode} 或权属单位不在您的数据范围内`,
    })
  }
  return error
}

async function storeNew(trx: Trx, actor: Actor | 'system', draft: FeatureDraft): Promise<FeatureRow> {
  requireEditor(actor, kindNamed(draft.kind))
  const values = checkDraft(draft)
  await requireRegion(trx, values.regionCode)
  const row = await insertFeature(trx, draft.kind, values, idOf(actor)).catch((error: unknown) => {
    throw asRefusal(error, values)
  })
  return row
}

async function storeChange(
  trx: Trx,
  actor: Actor | 'system',
  present: FeatureRow,
  version: number,
  draft: FeatureDraft,
): Promise<FeatureRow> {
  requireEditor(actor, kindNamed(draft.kind))
  const values = checkDraft(draft)
  if (values.regionCode !== present.region_code) await requireRegion(trx, values.regionCode)
  const work = async () => {
    await archiveFeature(trx, present.id)
    return replaceFeature(trx, present.id, version, values, idOf(actor))
  }
  if (present.version !== version) throw changedMeanwhile(present)
  const row = await work().catch((error: unknown) => {
    throw asRefusal(error, values)
  })
  if (row === undefined) throw changedMeanwhile(present)
  return row
}

const changedMeanwhile = (row: FeatureRow) =>
  new AppError('request.changed-meanwhile', {
    detail: `${row.name} 已是第 ${row.version} 版`,
    version: row.version,
  })

/** Makes a feature. Errors: `registry.feature-invalid`, `registry.code-taken`, `registry.region-unknown`, `auth.forbidden`. */
export async function createFeature(
  trx: Trx,
  actor: Actor | 'system',
  draft: FeatureDraft,
): Promise<FeatureRow> {
  const row = await storeNew(trx, actor, draft)
  await auditFeature(trx, actor, 'created', row)
  return row
}

/**
 * Replaces version `version` of a feature and keeps that one in the history.
 * Errors: as `createFeature`, and `request.changed-meanwhile`.
 */
export async function changeFeature(
  trx: Trx,
  actor: Actor | 'system',
  present: FeatureRow,
  version: number,
  draft: FeatureDraft,
): Promise<FeatureRow> {
  const row = await storeChange(trx, actor, present, version, draft)
  await auditFeature(trx, actor, 'updated', row)
  return row
}

export type UpsertOutcome = 'created' | 'updated' | 'unchanged'

function auditFeature(
  trx: Trx,
  actor: Actor | 'system',
  outcome: UpsertOutcome,
  row: FeatureRow,
): Promise<void> {
  const { kind, code, version } = row
  return recordAudit(trx, actor, `registry.feature-${outcome}`, `feature:${row.id}`, { kind, code, version })
}

/**
 * By kind and code: made, changed, or left alone when nothing differs, so that repeating is harmless. The caller
 * records the audit entry, at the end of its transaction.
 */
export async function putFeature(
  trx: Trx,
  actor: Actor | 'system',
  draft: FeatureDraft,
): Promise<{ row: FeatureRow; outcome: UpsertOutcome }> {
  const present = await selectFeatureByCode(trx, draft.kind, draft.code)
  if (present === undefined) return { row: await storeNew(trx, actor, draft), outcome: 'created' }
  const values = checkDraft(draft)
  if (!differs(present, values)) return { row: present, outcome: 'unchanged' }
  return { row: await storeChange(trx, actor, present, present.version, draft), outcome: 'updated' }
}

/** `putFeature` for other rooms and the demo: returns the point. */
export async function upsertFeature(trx: Trx, actor: Actor | 'system', draft: FeatureDraft): Promise<Point> {
  const { row, outcome } = await putFeature(trx, actor, draft)
  if (outcome !== 'unchanged') await auditFeature(trx, actor, outcome, row)
  return toPoint(row)
}

export interface RegionDraft {
  readonly code: number
  readonly name: string
  readonly level: RegionRow['level']
  readonly parentCode: number | null
  readonly lon?: number | null
  readonly lat?: number | null
  readonly boundary?: Geometry | null
}

/** Makes or replaces a region; its label point is the centre of its boundary unless given. */
export async function upsertRegion(trx: Trx, actor: Actor | 'system', region: RegionDraft): Promise<void> {
  const boundary = region.boundary ?? null
  const centre = boundary === null ? { lon: null, lat: null } : centreOf(boxOf(boundary))
  await putRegion(trx, {
    code: region.code,
    name: region.name,
    level: region.level,
    parent_code: region.parentCode,
    lon: region.lon ?? centre.lon,
    lat: region.lat ?? centre.lat,
    boundary,
  })
  await recordAudit(trx, actor, 'registry.region-put', `region:${region.code}`, { name: region.name })
}

/**
 * A person registers or changes a region of the own scope; without `boundary` the one it has stays.
 * Errors: `auth.forbidden` outside the scope, `registry.region-unknown` when the parent is not registered.
 */
export async function putRegionOf(
  deps: { readonly db: Database },
  actor: Actor,
  code: number,
  input: RegionInput,
): Promise<RegionRow> {
  if (!isInScope(actor, { regionCode: code, ownerId: 0 })) {
    throw new AppError('auth.forbidden', { detail: `行政区 ${code} 不在您的数据范围内` })
  }
  return deps.db.transaction(async (trx) => {
    const parentCode = input.parentCode ?? null
    if (parentCode !== null && (await selectRegion(trx, parentCode)) === undefined) {
      throw new AppError('registry.region-unknown', { detail: `没有上级行政区 ${parentCode}，请先登记它` })
    }
    const boundary =
      input.boundary === undefined ? ((await selectRegion(trx, code))?.boundary ?? null) : input.boundary
    await upsertRegion(trx, actor, { code, name: input.name, level: input.level, parentCode, boundary })
    const row = await selectRegion(trx, code)
    if (row === undefined) throw new Error(`region ${code} was written and is not there`)
    return row
  })
}

export async function listRegions(q: Queryable): Promise<RegionRow[]> {
  return selectRegions(q)
}
