import type { FieldOperation, FieldOperationResult, FieldTaskState } from '@shanshui/contract'
import { type KeptOperation, nextBatch } from './outbox.ts'
import type { FieldStore, KeptFile } from './store.ts'

export interface SyncAnswer {
  readonly driftSeconds: number
  readonly results: readonly FieldOperationResult[]
  readonly tasks: readonly FieldTaskState[]
}

/** Why nothing more can be sent now. Everything that is not sent stays on the phone. */
export type Obstacle = 'unreachable' | 'signed-out' | 'other-user' | 'refused' | 'busy'

export class SyncObstacle extends Error {
  readonly obstacle: Obstacle
  constructor(obstacle: Obstacle, message: string = obstacle) {
    super(message)
    this.name = 'SyncObstacle'
    this.obstacle = obstacle
  }
}

/** The server will not take this, however often it is sent; `whole`: the request as such, perhaps for one part of it. */
export class SyncRefusal extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.name = 'SyncRefusal'
    this.code = code
  }
}

/** The way to the server. Throws SyncObstacle or SyncRefusal. */
export interface Transport {
  /** Who is signed in at the server. */
  userId(): Promise<number>
  send(device: string, operations: readonly FieldOperation[]): Promise<SyncAnswer>
  /** Returns when the server has every byte. `at`: bytes that it has so far. */
  upload(file: KeptFile, blob: Blob, at: (offset: number) => void): Promise<void>
}

export type SyncOutcome = 'done' | Obstacle

/**
 * Sends what waits: operations in their order, then files, then the ends of inspections, which wait for their files.
 * Safe to be cut anywhere and to be run again: an operation keeps its id until the server has named it.
 */
export async function syncOnce(store: FieldStore, transport: Transport): Promise<SyncOutcome> {
  try {
    if ((await transport.userId()) !== store.userId) return 'other-user'
    await sendOperations(store, transport)
    const files = await sendFiles(store, transport)
    if (files > 0) await sendOperations(store, transport)
    return 'done'
  } catch (error) {
    if (error instanceof SyncObstacle) return error.obstacle
    if (error instanceof SyncRefusal) return 'refused'
    throw error
  }
}

async function sendOperations(store: FieldStore, transport: Transport): Promise<void> {
  const device = await store.device()
  for (;;) {
    const withFiles = new Set((await store.waitingFiles()).map(({ taskId }) => taskId))
    const batch = nextBatch(await store.waiting(), withFiles)
    if (batch.length === 0) return
    await sendBatch(store, transport, device, batch)
  }
}

/** A request that is refused as a whole is halved until the one operation that spoils it is found; the others go. */
async function sendBatch(
  store: FieldStore,
  transport: Transport,
  device: string,
  batch: readonly KeptOperation[],
): Promise<void> {
  const going = await store.putOnWay(batch.map(({ id }) => id))
  if (going.length === 0) return
  try {
    const answer = await transport.send(
      device,
      going.map(({ operation }) => operation),
    )
    await store.settle(answer.results, answer.tasks)
    await store.note('drift', answer.driftSeconds)
    // What the server did not name waits again.
    await store.bringBack(going.map(({ id }) => id))
    if (answer.results.length === 0) throw new SyncObstacle('busy', 'the server named no operation')
  } catch (error) {
    await store.bringBack(going.map(({ id }) => id))
    if (!(error instanceof SyncRefusal)) throw error
    const [first] = going
    if (going.length === 1 && first !== undefined) {
      await store.settle([refusalOf(first.id, error)], [])
      return
    }
    const middle = Math.ceil(going.length / 2)
    await sendBatch(store, transport, device, going.slice(0, middle))
    await sendBatch(store, transport, device, going.slice(middle))
  }
}

const refusalOf = (id: string, refusal: SyncRefusal): FieldOperationResult => ({
  id,
  status: 'refused',
  code: refusal.code,
  detail: refusal.message,
  version: null,
  conflictId: null,
})

/** Number of files that arrived or were refused. */
async function sendFiles(store: FieldStore, transport: Transport): Promise<number> {
  const files = await store.waitingFiles()
  for (const file of files) {
    const blob = await store.bytesOf(file.key)
    if (blob === undefined) {
      await store.fileRefused(file.key, '本机没有这个文件的内容')
      continue
    }
    try {
      await transport.upload(file, blob, (offset) => void store.fileAt(file.key, offset))
      await store.fileSent(file.key)
    } catch (error) {
      if (!(error instanceof SyncRefusal)) throw error
      await store.fileRefused(file.key, error.message)
    }
  }
  return files.length
}

const SECOND_MS = 1000
/** Pauses between tries after a failure; the last one repeats. */
const pausesMs = [5, 15, 60, 300].map((seconds) => seconds * SECOND_MS)

/** How long to wait before the next try after so many failures in a row; ms. */
export function pauseAfter(failures: number): number {
  return pausesMs[Math.min(Math.max(failures, 1), pausesMs.length) - 1] ?? 0
}
