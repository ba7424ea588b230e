/** Training and drills: an event is entered once, a person counts once an event (人次) and once a year (人数). */
import {
  type Attendee,
  type Training,
  type TrainingDetail,
  type TrainingInput,
  type TrainingSummary,
  trainingThemes,
} from '@shanshui/contract'
import { type Actor, isInScope, requirePermission } from '../../platform/actor.ts'
import { recordAudit } from '../../platform/audit/index.ts'
import type { Trx } from '../../platform/db/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { AppError } from '../../platform/errors.ts'
import { dateOf, decodeCursor, encodeCursor } from '../series/index.ts'
import {
  countDrills,
  countTrainings,
  deleteAttendance,
  insertAttendance,
  insertTraining,
  moveAttendance,
  selectAttendance,
  selectTraining,
  selectTrainings,
  type TrainingCountRow,
  type TrainingFilter,
  touchTraining,
  updateTraining,
  withdrawTraining as withdrawRow,
} from './training.repository.ts'
import { type AttendanceRow, personKey, type TrainingRow } from './training.table.ts'

export type BureauDeps = Pick<Deps, 'db' | 'clock'>

function presentTraining(row: TrainingRow): Training {
  return {
    id: row.id,
    kind: row.kind,
    theme: row.theme,
    title: row.title,
    heldOn: row.held_on,
    hours: row.hours,
    place: row.place,
    teacher: row.teacher,
    material: row.material,
    regionCode: row.region_code,
    organization: { id: row.organization_id, name: row.organization_name },
    attendees: row.attendees,
    drill: row.drill,
    version: row.version,
  }
}

const presentAttendee = (row: AttendanceRow): Attendee => ({
  ...(row.user_id === null ? {} : { userId: row.user_id }),
  name: row.name,
  organization: row.organization,
  signedIn: row.signed_in,
  score: row.score,
  certificateUntil: row.certificate_until,
})

async function visible(trx: Trx, id: number): Promise<TrainingRow> {
  const row = await selectTraining(trx, id)
  if (row === undefined) throw new AppError('bureau.training-unknown', { detail: `没有培训 ${id}` })
  return row
}

const detailOf = async (trx: Trx, id: number): Promise<TrainingDetail> => ({
  training: presentTraining(await visible(trx, id)),
  attendance: (await selectAttendance(trx, id)).map(presentAttendee),
})

export async function listTrainings(
  deps: BureauDeps,
  actor: Actor,
  query: TrainingFilter & { limit?: number; cursor?: string },
): Promise<{ items: Training[]; next: string | null }> {
  const { limit = 100 } = query
  const key = decodeCursor(query.cursor, ['string', 'number'])
  const after = key === undefined ? undefined : { heldOn: key[0], id: key[1] }
  const rows = await deps.db.asActor(actor, (trx) => selectTrainings(trx, query, after, limit))
  const last = rows.at(-1)
  return {
    items: rows.map(presentTraining),
    next: rows.length < limit || last === undefined ? null : encodeCursor([last.held_on, last.id]),
  }
}

export const getTraining = (deps: BureauDeps, actor: Actor, id: number): Promise<TrainingDetail> =>
  deps.db.asActor(actor, (trx) => detailOf(trx, id))

/** Errors: `bureau.drill-report` when a drill has no report or a class has one, `bureau.training-future`. */
function check(deps: BureauDeps, actor: Actor, input: TrainingInput): void {
  requirePermission(actor, 'training:write')
  if (!isInScope(actor, { regionCode: input.regionCode, ownerId: 0 }))
    throw new AppError('auth.forbidden', { detail: `行政区 ${input.regionCode} 不在您的范围内` })
  if ((input.kind === 'drill') !== (input.drill !== undefined))
    throw new AppError('bureau.drill-report', {
      detail: input.kind === 'drill' ? '缺少演练情况' : '培训不填演练情况',
    })
  if (input.heldOn > dateOf(deps.clock.now()))
    throw new AppError('bureau.training-future', { detail: `${input.heldOn} 还没有到` })
}

export async function createTraining(
  deps: BureauDeps,
  actor: Actor,
  input: TrainingInput,
): Promise<TrainingDetail> {
  check(deps, actor, input)
  return deps.db.asActor(actor, async (trx) => {
    const made = { organizationId: actor.organizationId, by: actor.userId, atMs: deps.clock.now() }
    const id = await insertTraining(trx, input, made)
    const detail = await detailOf(trx, id)
    await recordAudit(trx, actor, 'training.created', `training:${id}`, { title: input.title })
    return detail
  })
}

const changedMeanwhile = (version: number) =>
  new AppError('bureau.changed-meanwhile', { detail: `所见版本 ${version} 已不是最新` })

export async function changeTraining(
  deps: BureauDeps,
  actor: Actor,
  id: number,
  { version, ...input }: TrainingInput & { version: number },
): Promise<TrainingDetail> {
  check(deps, actor, input)
  return deps.db.asActor(actor, async (trx) => {
    await visible(trx, id)
    const made = { by: actor.userId, atMs: deps.clock.now() }
    if (!(await updateTraining(trx, id, version, input, made))) throw changedMeanwhile(version)
    await moveAttendance(trx, id, input.regionCode)
    const detail = await detailOf(trx, id)
    await recordAudit(trx, actor, 'training.changed', `training:${id}`, { title: input.title })
    return detail
  })
}

export async function withdrawTraining(
  deps: BureauDeps,
  actor: Actor,
  id: number,
  { version, reason }: { version: number; reason: string },
): Promise<void> {
  requirePermission(actor, 'training:write')
  await deps.db.asActor(actor, async (trx) => {
    await visible(trx, id)
    if (!(await withdrawRow(trx, id, version, reason))) throw changedMeanwhile(version)
    await recordAudit(trx, actor, 'training.withdrawn', `training:${id}`, { reason })
  })
}

/** Errors: bureau.attendee-twice, with the names. */
function eachOnce(attendees: readonly Attendee[]): readonly Attendee[] {
  const seen = new Set<string>()
  const twice = attendees.filter((one) => {
    const key = personKey(one)
    return seen.size === seen.add(key).size
  })
  if (twice.length === 0) return attendees
  const names = twice.map((one) => `${one.organization} ${one.name}`).slice(0, 10)
  throw new AppError('bureau.attendee-twice', { detail: `名单中重复：${names.join('、')}` })
}

export async function setAttendance(
  deps: BureauDeps,
  actor: Actor,
  id: number,
  { version, attendees }: { version: number; attendees: readonly Attendee[] },
): Promise<TrainingDetail> {
  requirePermission(actor, 'training:write')
  const list = eachOnce(attendees)
  return deps.db.asActor(actor, async (trx) => {
    const row = await visible(trx, id)
    if (!(await touchTraining(trx, id, version))) throw changedMeanwhile(version)
    await deleteAttendance(trx, id)
    await insertAttendance(trx, { id, regionCode: row.region_code }, list)
    const detail = await detailOf(trx, id)
    await recordAudit(trx, actor, 'training.attendance-set', `training:${id}`, { people: list.length })
    return detail
  })
}

/** Adds a list of signatures; who is entered already stays as entered. How many were added. */
export async function addAttendance(
  deps: BureauDeps,
  actor: Actor,
  id: number,
  attendees: readonly Attendee[],
): Promise<number> {
  requirePermission(actor, 'training:write')
  return deps.db.asActor(actor, async (trx) => {
    const row = await visible(trx, id)
    if (!(await touchTraining(trx, id, row.version))) throw changedMeanwhile(row.version)
    const added = await insertAttendance(trx, { id, regionCode: row.region_code }, attendees)
    await recordAudit(trx, actor, 'training.attendance-imported', `training:${id}`, { added })
    return added
  })
}

const monthTitle = (month: string) => ({ zh: `${Number(month.slice(5))}月`, en: month })

export async function trainingSummary(
  deps: BureauDeps,
  actor: Actor,
  span: { from: string; to: string; regionCode?: number },
): Promise<TrainingSummary> {
  return deps.db.asActor(actor, async (trx) => {
    const [all] = await countTrainings(trx, span, 'all')
    const drills = await countDrills(trx, span)
    const counted = (title: (key: string) => { zh: string; en: string }) => (row: TrainingCountRow) => ({
      key: row.key,
      title: title(row.key),
      events: row.events,
      personTimes: row.person_times,
      persons: row.persons,
    })
    const themes: Readonly<Record<string, { zh: string; en: string }>> = trainingThemes
    return {
      from: span.from,
      to: span.to,
      events: all?.events ?? 0,
      hours: all?.hours ?? 0,
      personTimes: all?.person_times ?? 0,
      persons: all?.persons ?? 0,
      drills: drills.drills,
      openDrillProblems: drills.open,
      byTheme: (await countTrainings(trx, span, 'theme')).map(
        counted((key) => themes[key] ?? { zh: key, en: key }),
      ),
      byMonth: (await countTrainings(trx, span, 'month')).map(counted(monthTitle)),
    }
  })
}
