import { liveQuery } from 'dexie'
import { useEffect, useState } from 'react'
import type { FieldStore } from './store.ts'

/** What a query of the store gives, again whenever something of it changes, in whichever tab. `query`: stable. */
export function useLive<T>(store: FieldStore, query: (store: FieldStore) => Promise<T>): T | undefined {
  const [value, setValue] = useState<T>()
  useEffect(() => {
    const subscription = liveQuery(() => query(store)).subscribe({ next: setValue, error: () => undefined })
    return () => subscription.unsubscribe()
  }, [store, query])
  return value
}
