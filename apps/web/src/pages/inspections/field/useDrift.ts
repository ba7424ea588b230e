import { useLive } from '../../../offline/live.ts'
import type { FieldStore } from '../../../offline/store.ts'
import { useField } from './useField.tsx'

const readDrift = (store: FieldStore) => store.noted<number>('drift')

/** Clock of this device minus clock of the server at the last sync, seconds. */
export function useDrift(): number | undefined {
  return useLive(useField().store, readDrift)
}
