import type { FieldOperation, FieldOperationResult, FieldPack, FieldTaskState } from '@shanshui/contract'
import { Dexie, type Table } from 'dexie'
import { newId } from '../api/newId.ts'
import { itemKey, type KeptOperation, mergedAnswer, recovered, settled } from './outbox.ts'

/** Kinds of things taken on site; the phone's camera and recorder make them. */
export type FileKind = 'photo' | 'video' | 'audio'

/** A photo, video or sound, with where and when; its bytes stay here until the server has all of them. */
export interface KeptFile {
  readonly key: string
  readonly taskId: number
  readonly kind: FileKind
  readonly sha256: string
  readonly name: string
  readonly title: string
  readonly bytes: number
  readonly takenMs: number
  readonly lon: number | null
  readonly lat: number | null
  readonly accuracyM: number | null
  /** Small picture as data address; null for sound and what cannot be drawn. */
  readonly thumb: string | null
  readonly state: 'waiting' | 'sent' | 'refused'
  /** Bytes that the server has. */
  readonly offset: number
  readonly reason: string | null
}

interface KeptBytes {
  readonly key: string
  readonly blob: Blob
}

/** What is being typed: the operation that it will be. Kept at every key stroke, written after a pause. */
export interface Draft {
  readonly key: string
  readonly taskId: number
  readonly operation: NewOperation
  readonly atMs: number
}

export interface KeptPack {
  readonly pack: FieldPack
  readonly keptMs: number
}

/** Past cases of a checklist item, read while there was signal. */
export interface KeptCases {
  readonly item: string
  readonly cases: readonly { readonly title: string; readonly finding: string; readonly at: string }[]
  readonly keptMs: number
}

interface Meta {
  readonly name: string
  readonly value: unknown
}

/** One database a person: another login on the same device opens another one, and never sees this. */
export const storeName = (userId: number): string => `shanshui-field-${userId}`

class FieldDatabase extends Dexie {
  declare readonly pack: Table<KeptPack & { readonly id: 'current' }, string>
  declare readonly operations: Table<KeptOperation, string>
  declare readonly states: Table<FieldTaskState, number>
  declare readonly files: Table<KeptFile, string>
  declare readonly blobs: Table<KeptBytes, string>
  declare readonly drafts: Table<Draft, string>
  declare readonly cases: Table<KeptCases, string>
  declare readonly meta: Table<Meta, string>

  constructor(userId: number) {
    super(storeName(userId))
    this.version(1).stores({
      pack: 'id',
      operations: 'id, seq, taskId, state',
      states: 'id',
      files: 'key, taskId, state',
      blobs: 'key',
      drafts: 'key, taskId',
      cases: 'item',
      meta: 'name',
    })
  }
}

export interface NewOperation {
  readonly taskId: number
  readonly kind: FieldOperation['kind']
  readonly payload: Readonly<Record<string, unknown>>
  /** Version of the field record that the device knows. */
  readonly baseVersion: number
}

/**
 * What one officer keeps on this device. Whatever is written is in the database before the call returns: closing the
 * tab, a restart or an empty battery loses nothing that the screen called saved.
 */
export class FieldStore {
  readonly userId: number
  readonly db: FieldDatabase

  constructor(userId: number) {
    this.userId = userId
    this.db = new FieldDatabase(userId)
  }

  /** After a start: what was on its way when the last run ended waits again, what was being typed is written. */
  async recover(): Promise<void> {
    const { operations, drafts } = this.db
    await this.db.transaction('rw', operations, async () => {
      const broken = await operations.where('state').equals('sending').toArray()
      await operations.bulkPut(recovered(broken))
    })
    for (const key of await drafts.toCollection().primaryKeys()) await this.commitDraft(key)
  }

  /** Name of this device for the server, made once. */
  async device(): Promise<string> {
    return this.remembered('device', () => `phone-${newId()}`)
  }

  private async remembered<T>(name: string, make: () => T): Promise<T> {
    return this.db.transaction('rw', this.db.meta, async () => {
      const known = await this.db.meta.get(name)
      if (known !== undefined) return known.value as T
      const value = make()
      await this.db.meta.put({ name, value })
      return value
    })
  }

  async note(name: string, value: unknown): Promise<void> {
    await this.db.meta.put({ name, value })
  }

  async noted<T>(name: string): Promise<T | undefined> {
    return (await this.db.meta.get(name))?.value as T | undefined
  }

  /**
   * Writes one operation into the outbox. What waits under the same key and was never on its way is replaced in its
   * place: typing a line ten times is one operation. `atMs`: the clock of the device.
   */
  async write(input: NewOperation, atMs: number): Promise<KeptOperation> {
    const key = itemKey(input, this.userId)
    return this.db.transaction('rw', this.writing(), async () => {
      const { operations } = this.db
      const own = await operations
        .where('taskId')
        .equals(input.taskId)
        .and((one) => one.key === key && one.state !== 'refused')
        .sortBy('seq')
      const before = own.find((one) => one.state === 'waiting' && one.tries === 0)
      const payload =
        input.kind === 'answer'
          ? mergedAnswer(await this.standing(input.taskId, key, own), input.payload)
          : input.payload
      const seq = before?.seq ?? (await this.nextSeq())
      const id = before?.id ?? newId()
      const operation: FieldOperation = {
        id,
        taskId: input.taskId,
        baseVersion: before?.operation.baseVersion ?? input.baseVersion,
        seq,
        kind: input.kind,
        at: new Date(atMs).toISOString(),
        payload,
      }
      const kept: KeptOperation = {
        id,
        taskId: input.taskId,
        seq,
        key,
        operation,
        state: 'waiting',
        tries: 0,
        conflictId: null,
        reason: null,
      }
      await operations.put(kept)
      return kept
    })
  }

  /** Tables that writing an operation reads and changes. */
  private writing() {
    const { operations, meta, states, pack } = this.db
    return [operations, meta, states, pack]
  }

  /** What stands under a key: the newest that this phone has not heard of as sent, otherwise what the server has. */
  private async standing(
    taskId: number,
    key: string,
    own: readonly KeptOperation[],
  ): Promise<Readonly<Record<string, unknown>> | undefined> {
    const newest = own.at(-1)
    if (newest !== undefined && newest.state !== 'sent')
      return newest.operation.payload as Readonly<Record<string, unknown>>
    const state = await this.db.states.get(taskId)
    const task = (await this.db.pack.get('current'))?.pack.tasks.find(({ id }) => id === taskId)
    const item = (state?.items ?? task?.items ?? []).find((one) => one.key === key)
    return (item?.value ?? newest?.operation.payload) as Readonly<Record<string, unknown>> | undefined
  }

  private async nextSeq(): Promise<number> {
    const last = (await this.db.meta.get('seq'))?.value as number | undefined
    const seq = (last ?? 0) + 1
    await this.db.meta.put({ name: 'seq', value: seq })
    return seq
  }

  /** Marks a batch as on its way, before it is. Those that changed meanwhile are left out. */
  async putOnWay(ids: readonly string[]): Promise<KeptOperation[]> {
    const { operations } = this.db
    return this.db.transaction('rw', operations, async () => {
      const found = await operations.bulkGet([...ids])
      const going = found.flatMap((one) =>
        one?.state === 'waiting' ? [{ ...one, state: 'sending' as const, tries: one.tries + 1 }] : [],
      )
      await operations.bulkPut(going)
      return going.sort((a, b) => a.seq - b.seq)
    })
  }

  /** The answer did not come: nobody knows whether it arrived, so it waits and goes again under the same id. */
  async bringBack(ids: readonly string[]): Promise<void> {
    const { operations } = this.db
    await this.db.transaction('rw', operations, async () => {
      const found = await operations.bulkGet([...ids])
      await operations.bulkPut(recovered(found.filter((one) => one !== undefined)))
    })
  }

  /** What the server said of operations and tasks, in one transaction. */
  async settle(results: readonly FieldOperationResult[], tasks: readonly FieldTaskState[]): Promise<void> {
    const { operations, states } = this.db
    await this.db.transaction('rw', operations, states, async () => {
      for (const result of results) {
        const one = await operations.get(result.id)
        if (one !== undefined) await operations.put(settled(one, result))
      }
      await states.bulkPut([...tasks])
    })
  }

  /** The officer has read why an operation does not count. It stays with the server; here it is put away. */
  async putAway(id: string): Promise<void> {
    await this.db.operations.where('id').equals(id).and(isDecided).delete()
  }

  /** The conflict was decided: its operations here are history. */
  async conflictDecided(conflictId: number): Promise<void> {
    await this.db.operations
      .filter((one) => one.state === 'conflict' && one.conflictId === conflictId)
      .delete()
  }

  async waiting(): Promise<KeptOperation[]> {
    return this.db.operations.where('state').equals('waiting').sortBy('seq')
  }

  /** A file and the operation that names it, together: never one without the other. */
  async keepFile(file: KeptFile, blob: Blob, operation: NewOperation, atMs: number): Promise<void> {
    const { files, blobs } = this.db
    await this.db.transaction('rw', [files, blobs, ...this.writing()], async () => {
      if ((await files.get(file.key)) !== undefined) return
      await files.put(file)
      await blobs.put({ key: file.key, blob })
      await this.write(operation, atMs)
    })
  }

  async waitingFiles(): Promise<KeptFile[]> {
    return this.db.files.where('state').equals('waiting').sortBy('takenMs')
  }

  async bytesOf(key: string): Promise<Blob | undefined> {
    return (await this.db.blobs.get(key))?.blob
  }

  async fileAt(key: string, offset: number): Promise<void> {
    await this.db.files.update(key, { offset })
  }

  /** The server has the whole file: its bytes may leave the phone. */
  async fileSent(key: string): Promise<void> {
    const { files, blobs } = this.db
    await this.db.transaction('rw', files, blobs, async () => {
      const file = await files.get(key)
      if (file === undefined) return
      await files.put({ ...file, state: 'sent', offset: file.bytes })
      await blobs.delete(key)
    })
  }

  async fileRefused(key: string, reason: string): Promise<void> {
    await this.db.files.update(key, { state: 'refused', reason })
  }

  async fileAgain(key: string): Promise<void> {
    await this.db.files.update(key, { state: 'waiting', reason: null })
  }

  /** Keeps what is being typed; returns the key by which it is committed. */
  async draft(operation: NewOperation, atMs: number): Promise<string> {
    const key = draftKey(operation, this.userId)
    await this.db.drafts.put({ key, taskId: operation.taskId, operation, atMs })
    return key
  }

  /** What was typed becomes an operation, in one transaction: it is never both and never neither. */
  async commitDraft(key: string): Promise<void> {
    const { drafts } = this.db
    await this.db.transaction('rw', [drafts, ...this.writing()], async () => {
      const draft = await drafts.get(key)
      if (draft === undefined) return
      await this.write(draft.operation, draft.atMs)
      await drafts.delete(key)
    })
  }

  /**
   * A newer pack takes the place of the older one. What was written for tasks that are no longer in it stays as long as
   * it is not sent; the rest of those tasks leaves the phone.
   */
  async keepPack(pack: FieldPack, keptMs: number): Promise<void> {
    const { operations, files, blobs, states, drafts } = this.db
    await this.db.transaction('rw', [this.db.pack, operations, files, blobs, states, drafts], async () => {
      await this.db.pack.put({ id: 'current', pack, keptMs })
      const there = new Set(pack.tasks.map(({ id }) => id))
      await states.filter(({ id }) => there.has(id)).delete()
      await operations.filter((one) => !there.has(one.taskId) && one.state === 'sent').delete()
      const gone = await files.filter((one) => !there.has(one.taskId) && one.state === 'sent').primaryKeys()
      await files.bulkDelete(gone)
      await blobs.bulkDelete(gone)
    })
  }

  async currentPack(): Promise<KeptPack | undefined> {
    return this.db.pack.get('current')
  }

  /** What would be lost if this device forgot everything now. */
  async unsent(): Promise<number> {
    const { operations, files, drafts } = this.db
    const undecided = await operations.filter((one) => one.state !== 'sent').count()
    const waiting = await files.filter((one) => one.state !== 'sent').count()
    return undecided + waiting + (await drafts.count())
  }

  /** Forgets everything of this person on this device. */
  async wipe(): Promise<void> {
    await this.db.delete()
  }

  close(): void {
    this.db.close()
  }
}

export const draftKey = (operation: NewOperation, userId: number): string =>
  `${operation.taskId} ${itemKey(operation, userId)}`

const isDecided = (one: KeptOperation): boolean => one.state === 'refused' || one.state === 'conflict'
