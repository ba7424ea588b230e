import { FieldStore } from './store.ts'

let opened: FieldStore | undefined

/** The store of one person; opened once for all pages. Another person's is closed first. */
export function fieldStoreOf(userId: number): FieldStore {
  if (opened?.userId === userId) return opened
  opened?.close()
  opened = new FieldStore(userId)
  return opened
}

/** Deletes what this person keeps here, and closes it. */
export async function wipeFieldStore(userId: number): Promise<void> {
  const store = fieldStoreOf(userId)
  opened = undefined
  await store.wipe()
}
