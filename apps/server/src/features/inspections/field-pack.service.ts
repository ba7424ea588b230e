/** Everything that an officer needs for some days without signal, in one parcel. */
import { createHash } from 'node:crypto'
import {
  type Checklist,
  type FieldOutlet,
  type FieldPack,
  type FieldTask,
  maxFieldPackBytes,
} from '@shanshui/contract'
import { factorByCode } from '@shanshui/hj212'
import { workflows } from '@shanshui/workflow'
import type { Actor } from '../../platform/actor.ts'
import type { Queryable } from '../../platform/db/index.ts'
import { AppError } from '../../platform/errors.ts'
import { type LeadRow, selectLeads } from '../leads/index.ts'
import {
  codesOf,
  listEnterprises,
  listOutlets,
  type Outlet,
  type Point,
  permitOf,
} from '../registry/index.ts'
import { hourMs, isoOf } from '../series/index.ts'
import { readOutletHours, readOutletStates } from '../sources/index.ts'
import { checkPeriod, type Period } from './candidates.ts'
import { checklists, lawsOf } from './checklists/index.ts'
import { namesOf } from './draw.repository.ts'
import { itemsOf } from './field.repository.ts'
import { presentConflicts, presentItem } from './field-state.ts'
import type { InspectionRow } from './inspection.table.ts'
import type { InspectionDoors, InspectionRoomDeps } from './inspection-doors.ts'
import { dayOf, knownInspectors } from './inspector.service.ts'
import { type MatterState, openMattersOf } from './matter.repository.ts'
import { offSiteCheck } from './off-site.ts'
import { recordTemplates } from './record-templates.ts'
import { selectTasks } from './task.repository.ts'

const mostTasks = 60
const offSiteDays = 30
const leadsShown = 20

interface Around {
  readonly names: ReadonlyMap<number, string>
  readonly certificates: ReadonlyMap<number, string>
  readonly enterprises: ReadonlyMap<number, Point>
  readonly outlets: ReadonlyMap<number, Outlet[]>
  readonly matters: ReadonlyMap<number | null, MatterState[]>
}

/** Errors: `inspection.period-invalid`, `inspection.pack-too-large`. */
export async function fieldPack(deps: InspectionRoomDeps, actor: Actor, period: Period): Promise<FieldPack> {
  checkPeriod(period)
  const nowMs = deps.clock.now()
  return deps.db.asActor(actor, async (trx) => {
    const rows = await selectTasks(trx, { officer: actor.userId, ...period, limit: mostTasks })
    const around = await aroundOf(trx, rows, actor.userId)
    const tasks: FieldTask[] = []
    for (const row of rows) tasks.push(await taskOf(trx, deps.doors, row, around, nowMs))
    const lists = listsFor(rows)
    const content = {
      from: period.from,
      to: period.to,
      user: {
        id: actor.userId,
        name: actor.name,
        certificate: around.certificates.get(actor.userId) ?? null,
      },
      tasks,
      checklists: lists,
      laws: lawsOf(lists),
      templates: recordTemplates,
    }
    const text = JSON.stringify(content)
    const bytes = Buffer.byteLength(text)
    if (bytes > maxFieldPackBytes)
      throw new AppError('inspection.pack-too-large', { detail: `${bytes} 字节，${tasks.length} 项任务` })
    const revision = createHash('sha256').update(stableText(text)).digest('hex').slice(0, 32)
    return { revision, madeAt: isoOf(nowMs), bytes, ...content }
  })
}

/** The moment of an off-site check is no change of what it found. */
const stableText = (text: string): string => text.replaceAll(/"checkedAt":"[^"]*"/g, '')

function listsFor(rows: readonly InspectionRow[]): Checklist[] {
  const themes = new Set(rows.flatMap((row) => row.checklists))
  return checklists.filter((list) => themes.has(list.theme))
}

async function aroundOf(q: Queryable, rows: readonly InspectionRow[], userId: number): Promise<Around> {
  const userIds = [...new Set([userId, ...rows.flatMap((row) => row.officers)])]
  const ids = [...new Set(rows.flatMap((row) => row.enterprise_id ?? []))]
  const enterprises = await listEnterprises(q, { ids })
  const outlets = await listOutlets(q, { enterpriseIds: ids })
  const inspectors = await knownInspectors(q, { userIds })
  return {
    names: await namesOf(q, userIds),
    certificates: new Map(inspectors.map((one) => [one.user_id, one.certificate])),
    enterprises: new Map(enterprises.map((one) => [one.id, one])),
    outlets: Map.groupBy(outlets, (outlet) => outlet.enterprise.id),
    matters: Map.groupBy(await openMattersOf(q, ids), (one) => one.enterprise_id),
  }
}

async function taskOf(
  q: Queryable,
  doors: InspectionDoors,
  row: InspectionRow,
  around: Around,
  nowMs: number,
): Promise<FieldTask> {
  const enterprise = row.enterprise_id === null ? undefined : around.enterprises.get(row.enterprise_id)
  const outlets = row.enterprise_id === null ? [] : (around.outlets.get(row.enterprise_id) ?? [])
  return {
    id: row.id,
    number: row.number,
    matterId: row.matter_id,
    state: row.state,
    version: row.record_version,
    kind: row.kind,
    title: row.title,
    why: row.why,
    what: row.what,
    date: row.planned_on,
    order: row.sequence,
    arrival: row.start_minute === null ? null : clockOf(row.start_minute),
    minutes: row.minutes,
    place: { lon: row.lon, lat: row.lat },
    officers: row.officers.map((userId) => ({
      userId,
      name: around.names.get(userId) ?? '',
      certificate: around.certificates.get(userId) ?? null,
    })),
    checklists: row.checklists,
    enterprise: enterprise === undefined ? null : await dossierOf(q, enterprise, nowMs),
    outlets: await outletsOf(q, outlets, nowMs),
    openLeads: enterprise === undefined ? [] : (await leadsOf(q, enterprise.id)).map(presentLead),
    openMatters: (around.matters.get(row.enterprise_id) ?? []).map(presentMatter),
    offSite:
      enterprise === undefined ? null : await offSiteCheck(q, doors, enterprise.id, offSiteDays, nowMs),
    items: ((await itemsOf(q, [row.id])).get(row.id) ?? []).map(presentItem),
    conflicts: await presentConflicts(q, row.id),
  }
}

export const clockOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(Math.round(minute) % 60).padStart(2, '0')}`

const textOrNull = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null

async function dossierOf(q: Queryable, enterprise: Point, nowMs: number): Promise<FieldTask['enterprise']> {
  const { properties: p } = enterprise
  let permit: { number: string; validTo: string | null } | null = null
  for (const code of codesOf(enterprise)) {
    const found = await permitOf(q, code, dayOf(nowMs))
    if (found !== undefined) permit = { number: found.number, validTo: found.expiresOn }
  }
  return {
    id: enterprise.id,
    name: enterprise.name,
    code: enterprise.code,
    creditCode: enterprise.code,
    address: textOrNull(p.address),
    person: textOrNull(p.contact),
    phone: textOrNull(p.phone),
    industry: textOrNull(p.industryName),
    regionCode: enterprise.regionCode,
    permit,
  }
}

const leadsOf = (q: Queryable, enterpriseId: number): Promise<LeadRow[]> =>
  selectLeads(q, { state: 'active', enterpriseId }, { order: 'rank', limit: leadsShown })

const presentLead = (row: LeadRow): FieldTask['openLeads'][number] => ({
  id: row.id,
  title: row.rule_title ?? row.rule_id,
  level: row.level,
  score: row.score,
  object: row.feature_name,
  explanation: row.explanation,
  refutation: row.refutation,
})

const presentMatter = (row: MatterState): FieldTask['openMatters'][number] => ({
  id: row.id,
  number: row.number,
  title: row.title,
  stateTitle:
    workflows.find((one) => one.id === row.workflow)?.states.find((one) => one.id === row.state)?.title.zh ??
    row.state,
  dueAt: row.due_ms === null ? null : isoOf(row.due_ms),
})

/** Hours back in which the last value is looked for. */
const hoursBack = 48

async function outletsOf(q: Queryable, outlets: readonly Outlet[], nowMs: number): Promise<FieldOutlet[]> {
  const ids = outlets.map((outlet) => outlet.id)
  const states = await readOutletStates(q, ids, nowMs)
  const hours = await readOutletHours(q, ids, nowMs - hoursBack * hourMs, nowMs)
  return outlets.map((outlet) => {
    const state = states.get(outlet.id)
    const own = hours.filter((one) => one.outletId === outlet.id)
    return {
      id: outlet.id,
      code: outlet.number,
      name: outlet.name,
      medium: outlet.medium,
      online: state === undefined || state.at === null ? null : state.state !== 'offline',
      lastHour: state?.at ?? null,
      factors: outlet.factors.map((factor) => {
        const column = own.find((one) => one.factor === factor)
        return {
          code: factor,
          name: factorByCode(factor)?.zh ?? factor,
          value: lastOf(column?.converted),
          unit: factorByCode(factor)?.unit ?? null,
          limit: lastOf(column?.limit),
          clause: null,
        }
      }),
    }
  })
}

function lastOf(values: ArrayLike<number> | undefined): number | null {
  if (values === undefined) return null
  for (let i = values.length - 1; i >= 0; i--) {
    const value = values[i]
    if (value !== undefined && !Number.isNaN(value)) return value
  }
  return null
}
