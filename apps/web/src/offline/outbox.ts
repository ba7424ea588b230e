import type { FieldOperation, FieldOperationResult } from '@shanshui/contract'

/**
 * Where an operation written on the phone stands. `waiting`: kept here, not sent; `sending`: on its way, whether it
 * arrived is not known; `sent`: the server said that it counts; `conflict`: the server keeps both versions, a person
 * decides; `refused`: the server keeps the text, it does not count.
 */
export type OperationState = 'waiting' | 'sending' | 'sent' | 'conflict' | 'refused'

export interface KeptOperation {
  readonly id: string
  readonly taskId: number
  /** Ascending number on this device; the order in which the officer did things. */
  readonly seq: number
  /** Which item of the field record it writes, see `itemKey`. */
  readonly key: string
  readonly operation: FieldOperation
  readonly state: OperationState
  /** How often it was put on its way. What was never on its way may still be replaced. */
  readonly tries: number
  readonly conflictId: number | null
  /** Why it does not count, in words. */
  readonly reason: string | null
}

/** Bytes of JSON in one request: a signature is up to 280 kB, the server takes 1 MiB. */
const batchBytes = 600_000
const batchOperations = 200

/**
 * Which item of the field record an operation writes, as the server names it: two operations with one key are two
 * versions of one thing. Each officer arrives and shows a certificate for themselves (`userId`).
 */
export function itemKey(operation: Pick<FieldOperation, 'kind' | 'payload'>, userId: number): string {
  const { kind } = operation
  if (kind === 'arrive' || kind === 'certificate') return `${kind}:${userId}`
  const payload = operation.payload as Readonly<Record<string, unknown>>
  const part = keyParts[kind]
  return part === undefined ? kind : `${kind}:${String(payload[part])}`
}

const keyParts: Readonly<Record<string, string>> = {
  answer: 'item',
  record: 'field',
  photo: 'sha256',
  sample: 'sampleId',
  problem: 'problemKey',
  signature: 'role',
}

type Payload = Readonly<Record<string, unknown>>

/**
 * An answer is filled in by parts that come at their own pace: the verdict at once, the note while it is typed, a photo
 * when it has been kept. Each part is laid over what stands there; photos are added, never taken away.
 */
export function mergedAnswer(current: Payload | undefined, part: Payload): Payload {
  const photos = [...listOf(current?.photos), ...listOf(part.photos)]
  return { verdict: 'not-checked', ...current, ...part, photos: [...new Set(photos)] }
}

const listOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])

/** After a restart nobody knows whether what was on its way arrived: it is sent again, under the same id. */
export function recovered(operations: readonly KeptOperation[]): KeptOperation[] {
  return operations.map((one) => (one.state === 'sending' ? { ...one, state: 'waiting' as const } : one))
}

/**
 * What goes into the next request: the operations that wait, in the order in which they were done. The end of an
 * inspection waits until every photo of it has arrived (`withFiles`: tasks that still have some), since a finished
 * task takes no evidence.
 */
export function nextBatch(
  operations: readonly KeptOperation[],
  withFiles: ReadonlySet<number> = new Set(),
): KeptOperation[] {
  const batch: KeptOperation[] = []
  let bytes = 0
  for (const one of operations.filter(({ state }) => state === 'waiting').sort((a, b) => a.seq - b.seq)) {
    if (one.operation.kind === 'finish' && withFiles.has(one.taskId)) continue
    bytes += JSON.stringify(one.operation).length
    if (batch.length > 0 && (bytes > batchBytes || batch.length >= batchOperations)) break
    batch.push(one)
  }
  return batch
}

const stateOf: Readonly<Record<FieldOperationResult['status'], OperationState>> = {
  applied: 'sent',
  duplicate: 'sent',
  conflict: 'conflict',
  refused: 'refused',
}

/** An operation with what the server said of it; a late or doubled answer changes nothing that is settled. */
export function settled(one: KeptOperation, result: FieldOperationResult): KeptOperation {
  if (one.id !== result.id || one.state === 'sent') return one
  return {
    ...one,
    state: stateOf[result.status],
    conflictId: result.conflictId,
    reason: result.detail,
  }
}

/** Counted for the line that says what is on the phone and what has arrived. */
export interface Counts {
  readonly waiting: number
  readonly sent: number
  readonly conflicts: number
  readonly refused: number
}

export function countsOf(operations: readonly KeptOperation[]): Counts {
  const count = (...states: OperationState[]) =>
    operations.filter(({ state }) => states.includes(state)).length
  return {
    waiting: count('waiting', 'sending'),
    sent: count('sent'),
    conflicts: count('conflict'),
    refused: count('refused'),
  }
}
