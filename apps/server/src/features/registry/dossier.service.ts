/** The dossier of an enterprise: what the registry knows, and what later rooms add by the doors handed in. */
import type {
  Dossier,
  DossierPermit,
  EnterpriseSummary,
  OpenCount,
  OutletState,
  Permission,
  TimelineEntry,
} from '@shanshui/contract'
import type { Actor } from '../../platform/actor.ts'
import { shanghaiIso } from '../../platform/clock.ts'
import type { Queryable, Trx } from '../../platform/db/index.ts'
import { AppError } from '../../platform/errors.ts'
import {
  type EnterpriseListFilter,
  type EnterpriseListRow,
  selectEnterpriseList,
  selectPermitsOf,
  selectPlantFeatures,
} from './dossier.repository.ts'
import { registryTimeline, type TimelineQuery } from './dossier.timeline.ts'
import { numberOrNull, textOrNull, texts } from './property-values.ts'
import { devicesOf, facilitiesOf, listOutlets, type Outlet } from './sources.ts'

/** What a merger, or its undoing, moves from one enterprise to another. */
export interface MergeMove {
  readonly fromId: number
  readonly toId: number
  /** The registration that is given up, or stands again; what hangs on itself goes with its outlets. */
  readonly droppedId: number
  /** Its outlets: moved, or ended for a twin. */
  readonly outletIds: readonly number[]
  readonly permitIds: readonly number[]
  /** Of two outlets that are one, what refers to `fromId` refers to `toId` from now on. */
  readonly twins: readonly { readonly fromId: number; readonly toId: number }[]
  readonly ownerId: number
  readonly by: number
  readonly atMs: number
  readonly reason: string
}

/** What later rooms know of a plant. Each part is shown to those who hold its permission only. */
export interface DossierDoors {
  readonly timelines: readonly {
    readonly permission: Permission
    readonly read: (q: Queryable, query: TimelineQuery) => Promise<TimelineEntry[]>
  }[]
  readonly counts: readonly {
    readonly kind: OpenCount['kind']
    readonly permission: Permission
    /** Open things by enterprise; one that has none may be left out. */
    readonly count: (q: Queryable, enterpriseIds: readonly number[]) => Promise<ReadonlyMap<number, number>>
  }[]
  readonly outletStates?: {
    readonly permission: Permission
    readonly read: (q: Queryable, outletIds: readonly number[]) => Promise<ReadonlyMap<number, OutletState>>
  }
  /** Told in the transaction of a merger or of its undoing: what refers to `fromId` now belongs to `toId`. */
  readonly afterMerge?: readonly ((trx: Trx, move: MergeMove) => Promise<void>)[]
}

export const noDoors: DossierDoors = { timelines: [], counts: [] }

/** The code of an enterprise and those it had before. */
export const codesOf = (row: { code: string; properties: Record<string, unknown> }): string[] => [
  row.code,
  ...texts(row.properties.formerCodes),
]

function summaryOf(row: EnterpriseListRow, open: readonly OpenCount[]): EnterpriseSummary {
  const p = row.properties
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    formerNames: texts(p.formerNames),
    regionCode: row.region_code,
    regionName: row.region_name,
    industry: String(p.industry),
    industryName: String(p.industryName),
    sector: String(p.sector),
    permitClass: p.permitClass as EnterpriseSummary['permitClass'],
    autoMonitored: p.autoMonitored === true,
    parkCode: textOrNull(p.parkCode),
    parkName: row.park_name,
    lon: row.lon,
    lat: row.lat,
    outlets: { air: row.air_outlets, water: row.water_outlets },
    devices: row.devices,
    open: [...open],
  }
}

async function openCounts(
  q: Queryable,
  actor: Actor,
  doors: DossierDoors,
  ids: readonly number[],
): Promise<Map<number, OpenCount[]>> {
  const counts = new Map<number, OpenCount[]>(ids.map((id) => [id, []]))
  if (ids.length === 0) return counts
  for (const { kind, permission, count } of doors.counts) {
    if (!actor.permissions.has(permission)) continue
    const found = await count(q, ids)
    for (const [id, list] of counts) list.push({ kind, count: found.get(id) ?? 0 })
  }
  return counts
}

/** A page of enterprises with what is open at each. */
export async function listSummaries(
  q: Queryable,
  actor: Actor,
  doors: DossierDoors,
  filter: EnterpriseListFilter,
): Promise<EnterpriseSummary[]> {
  const rows = await selectEnterpriseList(q, filter)
  const ids = rows.map(({ id }) => id)
  const counts = await openCounts(q, actor, doors, ids)
  return rows.map((row) => summaryOf(row, counts.get(row.id) ?? []))
}

/** Errors: `registry.enterprise-unknown`. */
async function loadEnterprise(q: Queryable, id: number): Promise<EnterpriseListRow> {
  const [row] = await selectEnterpriseList(q, { ids: [id], limit: 1 })
  if (row === undefined) throw new AppError('registry.enterprise-unknown', { detail: `没有排污单位 ${id}` })
  return row
}

const expiringDays = 90

async function permitsOf(q: Queryable, codes: readonly string[], nowMs: number): Promise<DossierPermit[]> {
  const today = shanghaiIso(nowMs).slice(0, 10)
  const soon = shanghaiIso(nowMs + expiringDays * 86_400_000).slice(0, 10)
  return (await selectPermitsOf(q, codes)).map(({ id, code, properties: p }) => {
    const expiresOn = textOrNull(p.expiresOn)
    const state =
      expiresOn === null || expiresOn > soon ? 'valid' : expiresOn < today ? 'expired' : 'expiring'
    return {
      id,
      code,
      issuedOn: textOrNull(p.issuedOn),
      expiresOn,
      authority: textOrNull(p.authority),
      management: textOrNull(p.management),
      state,
      totals: (p.totals as DossierPermit['totals'] | undefined) ?? [],
    }
  })
}

async function outletsOf(
  q: Queryable,
  actor: Actor,
  doors: DossierDoors,
  outlets: readonly Outlet[],
): Promise<Dossier['outlets']> {
  const ids = outlets.map(({ id }) => id)
  const devices = await devicesOf(q, ids)
  const facilities = await facilitiesOf(q, ids)
  const door = doors.outletStates
  const states =
    door !== undefined && actor.permissions.has(door.permission)
      ? await door.read(q, ids)
      : new Map<number, OutletState>()
  return outlets.map((outlet) => ({
    id: outlet.id,
    code: outlet.code,
    name: outlet.name,
    number: outlet.number,
    medium: outlet.medium,
    main: outlet.main,
    facility: outlet.facility,
    factors: [...outlet.factors],
    referenceO2: outlet.referenceO2,
    operator: outlet.operator,
    special: outlet.special,
    ultraLow: outlet.ultraLow,
    direct: outlet.direct,
    lon: outlet.lon,
    lat: outlet.lat,
    current: states.get(outlet.id) ?? null,
    devices: devices
      .filter(({ outletId }) => outletId === outlet.id)
      .map(
        ({ id, code, name, mn, model, manufacturer, operator, acceptedOn, lastCalibratedOn, ...rest }) => ({
          id,
          code,
          name,
          mn,
          model,
          manufacturer,
          operator,
          acceptedOn,
          lastCalibratedOn,
          lastVerifiedOn: rest.lastVerifiedOn,
          parameters: [...rest.parameters],
        }),
      ),
    facilities: facilities
      .filter(({ outletId }) => outletId === outlet.id)
      .map(({ id, code, name, properties: p }) => ({
        id,
        code,
        name,
        type: String(p.type),
        process: String(p.process),
        ratedKw: numberOrNull(p.ratedKw),
        designEfficiency: numberOrNull(p.designEfficiency),
      })),
  }))
}

/** Everything but the time line. Errors: `registry.enterprise-unknown`. */
export async function loadDossier(
  q: Queryable,
  actor: Actor,
  doors: DossierDoors,
  id: number,
  nowMs: number,
): Promise<{ row: EnterpriseListRow; dossier: Omit<Dossier, 'feature'> }> {
  const row = await loadEnterprise(q, id)
  const p = row.properties
  const counts = await openCounts(q, actor, doors, [id])
  const outlets = await outletsOf(q, actor, doors, await listOutlets(q, { enterpriseId: id }))
  const operators = outlets.flatMap(({ operator, devices }) => [
    ...(operator === null ? [] : [operator]),
    ...devices.map((device) => device.operator),
  ])
  return {
    row,
    dossier: {
      summary: summaryOf(row, counts.get(id) ?? []),
      legalRepresentative: textOrNull(p.legalRepresentative),
      address: textOrNull(p.address),
      contact: textOrNull(p.contact),
      phone: textOrNull(p.phone),
      employees: numberOrNull(p.employees),
      processes: texts(p.processes),
      formerCodes: texts(p.formerCodes),
      operators: [...new Set(operators)],
      permits: await permitsOf(q, codesOf(row), nowMs),
      outlets,
    },
  }
}

/** All entries of a period that the actor may see, the newest first. Errors: `registry.enterprise-unknown`. */
export async function loadTimeline(
  q: Queryable,
  actor: Actor,
  doors: DossierDoors,
  id: number,
  period: Pick<TimelineQuery, 'fromMs' | 'toMs'>,
): Promise<TimelineEntry[]> {
  const { fromMs, toMs } = period
  const row = await loadEnterprise(q, id)
  const outlets = await listOutlets(q, { enterpriseId: id })
  const query = { enterpriseId: id, outletIds: outlets.map((outlet) => outlet.id), fromMs, toMs }
  const entries = await registryTimeline(q, await selectPlantFeatures(q, id, codesOf(row)), fromMs, toMs)
  for (const { permission, read } of doors.timelines) {
    if (actor.permissions.has(permission)) entries.push(...(await read(q, query)))
  }
  return entries
    .map((entry) => ({ entry, ms: Date.parse(entry.at) }))
    .toSorted((a, b) => b.ms - a.ms)
    .map(({ entry }) => entry)
}
