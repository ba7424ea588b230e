/**
 * Who may read raw bytes. The journal keeps everything in one chain, so that what a person may not read as a value
 * must not be readable as the frame, the file or the decision that it came from either.
 */
import { decodeFrame } from '@shanshui/hj212'
import { type Actor, isInScope } from '../../platform/actor.ts'
import type { Database, Queryable, Trx } from '../../platform/db/index.ts'
import { AppError } from '../../platform/errors.ts'
import { listPoints, type Point, pointById } from '../registry/index.ts'
import { registeredPoint, stationRow } from './gateway-view.repository.ts'
import { importByEntry } from './import.repository.ts'
import type { TargetTable } from './import-apply.ts'
import { type JournalRecord, readRecord } from './journal.ts'

/** Every point of a set is visible in the actor's transaction. */
async function seesAll(trx: Trx, ids: ReadonlySet<number>): Promise<boolean> {
  return ids.size === 0 || (await listPoints(trx, { ids: [...ids] })).length === ids.size
}

/** A frame of a registered station is seen by who may see its point; frames of strangers belong to nobody. */
async function maySeeFrame(trx: Trx, bytes: Uint8Array): Promise<boolean> {
  const { mn } = decodeFrame(bytes).header
  return (await stationRow(trx, mn)) !== undefined || (await registeredPoint(trx, mn)) === undefined
}

/** The lines of a file are seen by who may see every point that it could be read for; before that, by who imports. */
export async function maySeeLines(trx: Trx, actor: Actor, points: TargetTable | null): Promise<boolean> {
  if (points === null) return actor.permissions.has('import:write')
  return seesAll(trx, new Set(Object.values(points).map(([id]) => id)))
}

const pointNames = new Set(['pointId', 'pointIds', 'cityId'])

/** Numbers of the points that the body of a decision names, at whatever depth. */
function pointsNamed(value: unknown, found = new Set<number>()): Set<number> {
  if (typeof value !== 'object' || value === null) return found
  for (const [key, member] of Object.entries(value)) {
    if (pointNames.has(key)) for (const id of [member].flat()) if (typeof id === 'number') found.add(id)
    pointsNamed(member, found)
  }
  return found
}

async function maySee(trx: Trx, actor: Actor, record: JournalRecord): Promise<boolean> {
  if (record.kind === 'frames') return maySeeFrame(trx, record.bytes)
  if (record.kind === 'decision')
    return seesAll(trx, pointsNamed(JSON.parse(Buffer.from(record.bytes).toString())))
  const file = await importByEntry(trx, record.entry)
  return file !== undefined && (await maySeeLines(trx, actor, file.points))
}

/**
 * Raw bytes behind a value, for a person; undefined when the journal has no such record.
 * @throws AppError `auth.forbidden` when they hold data of points that the actor does not see
 */
export async function readRecordAs(
  db: Pick<Database, 'asActor'>,
  actor: Actor,
  msg: bigint,
): Promise<JournalRecord | undefined> {
  return db.asActor(actor, async (trx) => {
    const record = await readRecord(trx, msg)
    if (record !== undefined && !(await maySee(trx, actor, record)))
      throw new AppError('auth.forbidden', { detail: '这条原始记录含有本人数据范围以外点位的数据' })
    return record
  })
}

/**
 * A day of the journal holds what everybody reported.
 * @throws AppError `auth.forbidden` for an actor who does not see every object of the registry
 */
export async function requireWholeView(db: Pick<Database, 'asActor' | 'pool'>, actor: Actor): Promise<void> {
  const seen = await db.asActor(actor, (trx) => listPoints(trx))
  if (seen.length === (await listPoints(db.pool)).length) return
  throw new AppError('auth.forbidden', {
    detail: '证据包含有全部点位的原始记录，须由数据范围为全部点位的人员导出',
  })
}

/**
 * A point that the actor may decide about.
 * @throws AppError `series.point-unknown` for one that is not there or not visible, `auth.forbidden` outside the scope
 */
export async function requirePlace(q: Queryable, actor: Actor, pointId: number): Promise<Point> {
  const point = await pointById(q, pointId)
  if (point === undefined) throw new AppError('series.point-unknown', { detail: `点位 ${pointId}` })
  requireInScope(actor, point, point.name)
  return point
}

/** @throws AppError `auth.forbidden` */
export function requireInScope(
  actor: Actor,
  thing: { regionCode: number; ownerId: number },
  name: string,
): void {
  if (!isInScope(actor, thing))
    throw new AppError('auth.forbidden', { detail: `${name} 不在本人的数据范围内` })
}
