/** Use cases of the registry: read points, keep features with their history. */
import type { FeatureInput, Geometry, RegionInput } from '@shanshui/contract'
import { checkUnifiedCredit } from '@shanshui/standards'
import { Value } from 'typebox/value'
import { type Actor, isInScope, requirePermission } from '../../platform/actor.ts'
import { recordAudit } from '../../platform/audit/index.ts'
import type { Database, Queryable, Trx } from '../../platform/db/index.ts'
import { AppError } from '../../platform/errors.ts'
import { carryDown } from './follow.ts'
import { boxOf, centreOf } from './geometry.ts'
import { type FeatureKind, type FieldFault, kindNamed } from './kinds/index.ts'
import { resolveReferences } from './references.ts'
import {
  archiveFeature,
  ensureEnterpriseOrganization,
  type FeatureValues,
  insertFeature,
  type PointFilter,
  putRegion,
  regionExists,
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

/** A row as other rooms see it. */
export function toPoint(row: FeatureRow): Point {
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

function faultsOfDraft(kind: FeatureKind, draft: FeatureDraft, aliases: readonly string[]): FieldFault[] {
  const properties = draft.properties ?? {}
  const faults = propertyFaults(kind, properties)
  if (kind.geometry === 'point' && draft.geometry != null && draft.geometry.type !== 'Point') {
    faults.push({ path: 'geometry', message: `${kind.title.zh}应为点` })
  }
  if (draft.validFrom != null && draft.validTo != null && draft.validTo < draft.validFrom) {
    faults.push({ path: 'validTo', message: '停用日期早于启用日期' })
  }
  // A rule of the kind reads what the schema promises.
  if (faults.length > 0) return faults
  const { code, name, ownerId = 0 } = draft
  return [...(kind.check?.({ code, name, ownerId, properties, aliases }) ?? [])]
}

/** Values to store. Errors: `registry.feature-invalid` with every fault, those found before (`known`) too. */
export function checkDraft(
  draft: FeatureDraft,
  known: readonly FieldFault[] = [],
  aliases: readonly string[] = [],
): FeatureValues {
  const kind = kindNamed(draft.kind)
  const faults = [...known, ...faultsOfDraft(kind, draft, aliases)]
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
    properties: draft.properties ?? {},
    validFrom: draft.validFrom ?? null,
    validTo: draft.validTo ?? null,
  }
}

/** What may be stored, and the organization that came into being with it. */
interface Prepared {
  readonly kind: FeatureKind
  readonly values: FeatureValues
  readonly organizationMade?: number
}

/** An enterprise without owner belongs to the organization of its credit code. */
async function withOwner(
  trx: Trx,
  draft: FeatureDraft,
  present: FeatureRow | undefined,
): Promise<{ draft: FeatureDraft; organizationMade?: number }> {
  if (draft.kind !== 'enterprise' || (draft.ownerId ?? 0) !== 0) return { draft }
  if (present !== undefined) return { draft: { ...draft, ownerId: present.owner_id } }
  if (!checkUnifiedCredit(draft.code).ok) return { draft } // refused presently, with the reason
  const { id, made } = await ensureEnterpriseOrganization(trx, draft)
  return made
    ? { draft: { ...draft, ownerId: id }, organizationMade: id }
    : { draft: { ...draft, ownerId: id } }
}

async function prepare(trx: Trx, actor: Actor | 'system', given: FeatureDraft, present?: FeatureRow) {
  const kind = kindNamed(given.kind)
  requireEditor(actor, kind)
  const resolved = await resolveReferences(trx, given)
  if (resolved.draft.regionCode !== present?.region_code) await requireRegion(trx, resolved.draft.regionCode)
  const { draft, ...more } = await withOwner(trx, resolved.draft, present).catch((error: unknown) => {
    throw asRefusal(error, given)
  })
  const prepared: Prepared = { kind, values: checkDraft(draft, resolved.faults, resolved.aliases), ...more }
  return prepared
}

async function requireRegion(q: Queryable, code: number): Promise<void> {
  if (!(await regionExists(q, code)))
    throw new AppError('registry.region-unknown', { detail: `没有行政区 ${code}` })
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
function asRefusal(error: unknown, values: { code: string; regionCode: number }): unknown {
  const code = (error as { code?: string }).code
  if (code === '23505') return new AppError('registry.code-taken', { detail: `代码 ${values.code} 已被使用` })
  if (code === '42501') {
    return new AppError('auth.forbidden', {
      detail: `行政区 ${values.regionCode} 或权属单位不在您的数据范围内`,
    })
  }
  return error
}

async function storeNew(trx: Trx, actor: Actor | 'system', prepared: Prepared): Promise<FeatureRow> {
  const { kind, values } = prepared
  return insertFeature(trx, kind.kind, values, idOf(actor)).catch((error: unknown) => {
    throw asRefusal(error, values)
  })
}

async function storeChange(
  trx: Trx,
  actor: Actor | 'system',
  present: FeatureRow,
  version: number,
  { values }: Prepared,
): Promise<FeatureRow> {
  if (present.version !== version) throw changedMeanwhile(present)
  const work = async () => {
    await archiveFeature(trx, present.id)
    return replaceFeature(trx, present.id, version, values, idOf(actor))
  }
  const row = await work().catch((error: unknown) => {
    throw asRefusal(error, values)
  })
  if (row === undefined) throw changedMeanwhile(present)
  await carryDown(trx, idOf(actor), present, row)
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
  const prepared = await prepare(trx, actor, draft)
  const row = await storeNew(trx, actor, prepared)
  await auditFeature(trx, actor, 'created', row, prepared.organizationMade)
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
  const prepared = await prepare(trx, actor, draft, present)
  const row = await storeChange(trx, actor, present, version, prepared)
  await auditFeature(trx, actor, 'updated', row)
  return row
}

export type UpsertOutcome = 'created' | 'updated' | 'unchanged'

function auditFeature(
  trx: Trx,
  actor: Actor | 'system',
  outcome: UpsertOutcome,
  row: FeatureRow,
  organizationMade?: number,
): Promise<void> {
  const { kind, code, version } = row
  const detail = { kind, code, version, ...(organizationMade === undefined ? {} : { organizationMade }) }
  return recordAudit(trx, actor, `registry.feature-${outcome}`, `feature:${row.id}`, detail)
}

/** What became of a draft; `organizationMade` names an organization that had to be made for it. */
export interface PutResult {
  readonly row: FeatureRow
  readonly outcome: UpsertOutcome
  readonly organizationMade?: number
}

/**
 * By kind and code, former codes too: made, changed, or left alone when nothing differs, so that repeating is
 * harmless. The caller records the audit entry, at the end of its transaction. Errors: as `createFeature`, and
 * `registry.code-merged` for the code of an enterprise that was merged into another: its line would overwrite that one.
 */
export async function putFeature(trx: Trx, actor: Actor | 'system', given: FeatureDraft): Promise<PutResult> {
  const present = await selectFeatureByCode(trx, given.kind, given.code)
  const draft = present === undefined ? given : { ...given, code: present.code }
  if (present !== undefined && given.code !== present.code && given.kind === 'enterprise') {
    const detail = `代码 ${given.code} 已并入 ${present.code}（${present.name}），请改用该代码`
    throw new AppError('registry.code-merged', { detail, featureId: present.id })
  }
  const prepared = await prepare(trx, actor, draft, present)
  if (present === undefined) {
    const row = await storeNew(trx, actor, prepared)
    return { row, outcome: 'created', organizationMade: prepared.organizationMade }
  }
  if (!differs(present, prepared.values)) return { row: present, outcome: 'unchanged' }
  return { row: await storeChange(trx, actor, present, present.version, prepared), outcome: 'updated' }
}

/** `putFeature` for other rooms and the demo: returns the point. */
export async function upsertFeature(trx: Trx, actor: Actor | 'system', draft: FeatureDraft): Promise<Point> {
  const { row, outcome, organizationMade } = await putFeature(trx, actor, draft)
  if (outcome !== 'unchanged') await auditFeature(trx, actor, outcome, row, organizationMade)
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
