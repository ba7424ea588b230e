/** Operations of phones: each applied exactly once, in order within a task; nothing that was sent is lost. */
import { createHash } from 'node:crypto'
import type {
  FieldConclusion,
  FieldOperation,
  FieldOperationResult,
  FieldTaskState,
} from '@shanshui/contract'
import type { Actor } from '../../platform/actor.ts'
import { recordAudit } from '../../platform/audit/index.ts'
import { type Trx, withSavepoint } from '../../platform/db/index.ts'
import { AppError } from '../../platform/errors.ts'
import { announceIn } from '../../platform/events/index.ts'
import { advanceMatter, registerProblem } from '../matters/index.ts'
import { isoOf } from '../series/index.ts'
import {
  conflictsOf,
  decideConflict,
  insertOperation,
  insertProblem,
  itemsOf,
  keepConflict,
  lastWords,
  type OperationDraft,
  operationsByIds,
  problemsOf,
  putItem,
} from './field.repository.ts'
import { mergeOperation, type Word } from './field-merge.ts'
import { type Payloads, readPayload } from './field-payload.ts'
import { presentTaskState, problemThemeOf, waitsFor } from './field-state.ts'
import type { InspectionRow, ItemRow, OperationRow } from './inspection.table.ts'
import type { InspectionRoomDeps } from './inspection-doors.ts'
import { lockTask, selectTasks, updateVisit } from './task.repository.ts'

export interface SyncBody {
  readonly device: string
  readonly deviceTime: string
  readonly operations: readonly FieldOperation[]
  readonly tasks?: readonly number[]
}
export interface SyncAnswer {
  readonly serverTime: string
  readonly driftSeconds: number
  readonly results: FieldOperationResult[]
  readonly tasks: FieldTaskState[]
}

/** Where the record can still be written. */
const writable: readonly string[] = ['assigned', 'on-site', 'recorded']

/** Who sends, from which phone, and how its clock stands. */
interface Sender {
  readonly actor: Actor
  readonly device: string
  readonly driftSeconds: number
  readonly nowMs: number
}

/** Everything of one task in one transaction: a request that breaks off has either happened or not. */
export async function syncField(deps: InspectionRoomDeps, actor: Actor, body: SyncBody): Promise<SyncAnswer> {
  const nowMs = deps.clock.now()
  const driftSeconds = Math.round((Date.parse(body.deviceTime) - nowMs) / 1000)
  const sender: Sender = { actor, device: body.device, driftSeconds, nowMs }
  const results = new Map<string, FieldOperationResult>()
  const states: FieldTaskState[] = []
  const byTask = Map.groupBy(body.operations, (operation) => operation.taskId)
  for (const taskId of new Set([...byTask.keys(), ...(body.tasks ?? [])])) {
    const operations = (byTask.get(taskId) ?? []).toSorted((a, b) => a.seq - b.seq)
    const state = await deps.db.asActor(actor, (trx) => syncTask(trx, sender, taskId, operations, results))
    if (state !== undefined) states.push(state)
  }
  return {
    serverTime: isoOf(nowMs),
    driftSeconds,
    results: body.operations.flatMap((operation) => results.get(operation.id) ?? []),
    tasks: states,
  }
}

async function syncTask(
  trx: Trx,
  sender: Sender,
  taskId: number,
  operations: readonly FieldOperation[],
  results: Map<string, FieldOperationResult>,
): Promise<FieldTaskState | undefined> {
  if (!(await lockTask(trx, taskId))) {
    for (const { id } of operations)
      results.set(id, refusal(id, 'inspection.task-unknown', `没有任务 ${taskId}，或不在您的数据范围内`))
    return undefined
  }
  const record = await FieldRecord.load(trx, taskId)
  const known = await operationsByIds(
    trx,
    operations.map((one) => one.id),
  )
  let fresh = 0
  for (const operation of operations) {
    const before = known.get(operation.id) ?? undefined
    if (before !== undefined || results.has(operation.id)) {
      results.set(operation.id, repeated(operation, before, results.get(operation.id)))
      continue
    }
    results.set(operation.id, await record.apply(sender, operation))
    fresh++
  }
  if (fresh > 0 || record.isEnding) await record.advance(sender)
  const state = await taskStateOf(trx, taskId)
  if (fresh > 0) {
    await announceIn(trx, [{ topic: 'inspection', data: { id: taskId } }])
    await recordAudit(trx, sender.actor, 'inspection.field-synced', `inspection:${taskId}`, {
      device: sender.device,
      driftSeconds: sender.driftSeconds,
      operations: fresh,
      version: state.version,
    })
  }
  return state
}

const refusal = (id: string, code: string, detail: string): FieldOperationResult => ({
  id,
  status: 'refused',
  code,
  detail,
  version: null,
  conflictId: null,
})

/** What was answered the first time, as a duplicate; what was refused stays refused. */
function repeated(
  operation: FieldOperation,
  before: OperationRow | undefined,
  now: FieldOperationResult | undefined,
): FieldOperationResult {
  if (before === undefined)
    return now?.status === 'refused'
      ? now
      : { ...(now ?? refusal(operation.id, 'field.payload-invalid', '')), status: 'duplicate' }
  if (before.inspection_id !== operation.taskId)
    return refusal(operation.id, 'field.payload-invalid', '该操作编号已用于另一项任务')
  const { id, status, code, detail, version, conflict_id: conflictId } = before
  return { id, status: status === 'refused' ? 'refused' : 'duplicate', code, detail, version, conflictId }
}

/** The record of one visit while its operations are applied. */
class FieldRecord {
  readonly #trx: Trx
  readonly #row: InspectionRow
  readonly #items: Map<string, ItemRow>
  /** Last words by item and device. */
  readonly #words: Map<string, (Word & { id: string })[]>
  #version: number

  private constructor(
    trx: Trx,
    row: InspectionRow,
    items: readonly ItemRow[],
    words: Map<string, (Word & { id: string })[]>,
  ) {
    this.#trx = trx
    this.#row = row
    this.#items = new Map(items.map((item) => [item.key, item]))
    this.#words = words
    this.#version = row.record_version
  }

  static async load(trx: Trx, taskId: number): Promise<FieldRecord> {
    const row = await taskRow(trx, taskId)
    const items = (await itemsOf(trx, [taskId])).get(taskId) ?? []
    const words = (await lastWords(trx, taskId)).flatMap((word) => {
      const read = readPayload(word.kind as FieldOperation['kind'], word.payload)
      return read.ok ? [{ ...word, value: read.value }] : []
    })
    return new FieldRecord(
      trx,
      row,
      items,
      Map.groupBy(words, (word) => word.key),
    )
  }

  async apply(sender: Sender, operation: FieldOperation): Promise<FieldOperationResult> {
    const { officers, state } = this.#row
    if (!officers.includes(sender.actor.userId))
      return this.#keep(sender, operation, operation.kind, {
        status: 'refused',
        code: 'field.task-not-yours',
        detail: '您不是该任务的检查人员',
      })
    if (!writable.includes(state))
      return this.#keep(sender, operation, operation.kind, {
        status: 'refused',
        code: 'field.task-closed',
        detail: `任务 ${this.#row.number} 已录入结果`,
      })
    const read = readPayload(operation.kind, operation.payload)
    if (!read.ok)
      return this.#keep(sender, operation, operation.kind, {
        status: 'refused',
        code: 'field.payload-invalid',
        detail: read.detail,
      })
    return this.#merge(sender, operation, ownKey(operation, read.key, sender.actor), read.value)
  }

  async #merge(
    sender: Sender,
    operation: FieldOperation,
    key: string,
    value: unknown,
  ): Promise<FieldOperationResult> {
    const standing = this.#items.get(key)
    const { device } = sender
    const words = this.#words.get(key) ?? []
    const verdict = mergeOperation(standing, words, {
      value,
      baseVersion: operation.baseVersion,
      device,
      seq: operation.seq,
    })
    if (verdict === 'older') return this.#keep(sender, operation, key, { status: 'applied' })
    if (verdict === 'write') await this.#write(sender, operation, key, value)
    const word = { id: operation.id, device, seq: operation.seq, value, version: this.#version }
    this.#words.set(key, [...words.filter((one) => one.device !== device), word])
    if (verdict !== 'conflict') return this.#keep(sender, operation, key, { status: 'applied' })
    const task = { id: this.#row.id, regionCode: this.#row.region_code }
    const all = [standing?.operation_id ?? '', ...words.map((one) => one.id), operation.id]
    const conflictId = await keepConflict(
      this.#trx,
      task,
      key,
      [...new Set(all)].filter((id) => id !== ''),
      sender.nowMs,
    )
    return this.#keep(sender, operation, key, { status: 'conflict', conflictId })
  }

  async #write(sender: Sender, operation: FieldOperation, key: string, value: unknown): Promise<void> {
    this.#version++
    const atMs = Date.parse(operation.at)
    const item: ItemRow = {
      key,
      value,
      version: this.#version,
      at_ms: atMs,
      by_user: sender.actor.userId,
      by_name: sender.actor.name,
      device: sender.device,
      seq: operation.seq,
      operation_id: operation.id,
    }
    const task = { id: this.#row.id, regionCode: this.#row.region_code }
    await putItem(this.#trx, task, {
      key,
      value,
      version: item.version,
      atMs,
      by: item.by_user,
      device: item.device,
      seq: item.seq,
      operationId: item.operation_id,
    })
    this.#items.set(key, item)
    await updateVisit(this.#trx, task.id, {
      recordVersion: this.#version,
      ...(operation.kind === 'arrive' ? { arrivedMs: atMs } : {}),
      ...(operation.kind === 'finish'
        ? { finishedMs: atMs, conclusion: (value as { conclusion: FieldConclusion }).conclusion }
        : {}),
    })
    if (operation.kind === 'problem') await this.#register(sender, key, value as Payloads['problem'], atMs)
  }

  /** A problem that was found on site gets its number at once; correcting its words later does not make another. */
  async #register(sender: Sender, key: string, problem: Payloads['problem'], foundMs: number): Promise<void> {
    const task = { id: this.#row.id, regionCode: this.#row.region_code }
    const had = (await problemsOf(this.#trx, [task.id])).get(task.id) ?? []
    if (had.some((one) => one.key === key)) return
    const place =
      problem.lon === undefined || problem.lon === null || problem.lat === undefined || problem.lat === null
        ? { lon: this.#row.lon, lat: this.#row.lat }
        : { lon: problem.lon, lat: problem.lat }
    const made = await registerProblem(
      this.#trx,
      sender.actor,
      {
        source: 'inspection',
        ref: `${this.#row.number}/${problem.problemKey}`,
        title: problem.title,
        detail: problem.detail,
        theme: problemThemeOf(problem.theme),
        regionCode: task.regionCode,
        ownerId: this.#row.owner_id,
        enterpriseId: this.#row.enterprise_id,
        featureId: problem.featureId ?? this.#row.enterprise_id,
        ...place,
        foundMs: Math.min(foundMs, sender.nowMs),
      },
      sender.nowMs,
    )
    await insertProblem(this.#trx, task, {
      key,
      problemId: made.id,
      number: made.number,
      title: problem.title,
    })
  }

  async #keep(
    sender: Sender,
    operation: FieldOperation,
    key: string,
    answer: Pick<OperationDraft, 'status'> & {
      readonly code?: string
      readonly detail?: string
      readonly conflictId?: number
    },
  ): Promise<FieldOperationResult> {
    const version = answer.status === 'refused' ? null : this.#version
    const kept = {
      code: answer.code ?? null,
      detail: answer.detail ?? null,
      conflictId: answer.conflictId ?? null,
    }
    const isNew = await insertOperation(this.#trx, {
      id: operation.id,
      inspectionId: this.#row.id,
      regionCode: this.#row.region_code,
      device: sender.device,
      seq: operation.seq,
      kind: operation.kind,
      key,
      atMs: Date.parse(operation.at),
      receivedMs: sender.nowMs,
      driftSeconds: sender.driftSeconds,
      by: sender.actor.userId,
      baseVersion: operation.baseVersion,
      payload: operation.payload,
      status: answer.status,
      version,
      ...kept,
    })
    if (!isNew) throw new AppError('field.payload-invalid', { detail: `操作编号 ${operation.id} 已被使用` })
    return { id: operation.id, status: answer.status, version, ...kept }
  }

  /** Finished on site, and the matter has not followed yet: pictures may have come meanwhile. */
  get isEnding(): boolean {
    return this.#row.finished_ms !== null && writable.slice(0, 2).includes(this.#row.state)
  }

  /** The matter follows the record: arrival, then the end when nothing is missing. What it refuses stays visible. */
  async advance(sender: Sender): Promise<void> {
    const row = await taskRow(this.#trx, this.#row.id)
    const items = [...this.#items.values()]
    let state = row.state
    let version = row.matter_version
    const step = async (transition: string, fields: Record<string, unknown>, reason?: string) => {
      try {
        const done = await withSavepoint(this.#trx, () =>
          advanceMatter(
            this.#trx,
            sender.actor,
            row.matter_id,
            { transition, version, fields, ...(reason === undefined ? {} : { reason }) },
            sender.nowMs,
          ),
        )
        state = done.state
        version = done.version
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'matter.refused') throw error
      }
    }
    const finish = this.#items.get('finish')?.value as Payloads['finish'] | undefined
    if (finish?.conclusion === 'could-not-inspect') {
      if (state === 'assigned' || state === 'on-site')
        await step('give-up', {}, finish.reason ?? '现场未能检查')
      return
    }
    const arrived = items.find((item) => item.key.startsWith('arrive:'))
    if (state === 'assigned' && arrived !== undefined)
      await step('arrive', { officers: [...row.officers], arrivedAt: isoOf(arrived.at_ms) })
    if (state !== 'on-site' || finish === undefined || waitsFor(row, items).length > 0) return
    await step('finish', {
      conclusion: finish.conclusion,
      signed: this.#items.has('signature:inspected') ? 'signed' : 'refused',
      recordDigest: digestOf(items),
    })
  }
}

/** Two officers each arrive and each show a certificate: no two words for one thing. */
function ownKey(operation: FieldOperation, key: string, actor: Actor): string {
  return operation.kind === 'arrive' || operation.kind === 'certificate' ? `${key}:${actor.userId}` : key
}

/** SHA-256 of the record, item by item. */
export function digestOf(items: readonly ItemRow[]): string {
  const hash = createHash('sha256')
  for (const { key, value } of items.toSorted((a, b) => (a.key < b.key ? -1 : 1)))
    hash.update(`${key}\n${JSON.stringify(value)}\n`)
  return hash.digest('hex')
}

/** Errors: `inspection.task-unknown`. */
async function taskRow(trx: Trx, id: number): Promise<InspectionRow> {
  const [row] = await selectTasks(trx, { ids: [id], limit: 1 })
  if (row === undefined)
    throw new AppError('inspection.task-unknown', { detail: `没有检查任务 ${id}，或不在您的数据范围内` })
  return row
}

async function taskStateOf(trx: Trx, taskId: number): Promise<FieldTaskState> {
  const row = await taskRow(trx, taskId)
  return presentTaskState(trx, row)
}

/**
 * A person chooses between two versions; both stay in the history.
 * Errors: `inspection.task-unknown`, `inspection.conflict-unknown`, `field.task-not-yours`.
 */
export async function decideFieldConflict(
  deps: InspectionRoomDeps,
  actor: Actor,
  id: number,
  conflictId: number,
  body: { operationId: string; reason: string },
): Promise<FieldTaskState> {
  const atMs = deps.clock.now()
  return deps.db.asActor(actor, async (trx) => {
    if (!(await lockTask(trx, id)))
      throw new AppError('inspection.task-unknown', { detail: `没有检查任务 ${id}` })
    const row = await taskRow(trx, id)
    if (!row.officers.includes(actor.userId) && !actor.permissions.has('inspection:plan'))
      throw new AppError('field.task-not-yours', { detail: '由检查人员或负责人取舍' })
    const conflict = ((await conflictsOf(trx, [id])).get(id) ?? []).find((one) => one.id === conflictId)
    const operation = (await operationsByIds(trx, [body.operationId])).get(body.operationId)
    if (
      conflict === undefined ||
      conflict.decided_ms !== null ||
      operation === undefined ||
      !conflict.operations.includes(operation.id)
    )
      throw new AppError('inspection.conflict-unknown', {
        detail: `任务 ${row.number} 没有待取舍的冲突 ${conflictId}`,
      })
    const read = readPayload(operation.kind as FieldOperation['kind'], operation.payload)
    if (!read.ok) throw new Error('a kept operation cannot be read')
    await decideConflict(trx, conflictId, {
      operationId: operation.id,
      by: actor.userId,
      atMs,
      reason: body.reason,
    })
    await putItem(
      trx,
      { id, regionCode: row.region_code },
      {
        key: conflict.key,
        value: read.value,
        version: row.record_version + 1,
        atMs: operation.at_ms,
        by: actor.userId,
        device: operation.device,
        seq: operation.seq,
        operationId: operation.id,
      },
    )
    await updateVisit(trx, id, { recordVersion: row.record_version + 1 })
    const state = await taskStateOf(trx, id)
    await recordAudit(trx, actor, 'inspection.conflict-decided', `inspection:${id}`, { conflictId, ...body })
    return state
  })
}
