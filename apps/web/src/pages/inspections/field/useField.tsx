import type { FieldTaskState } from '@shanshui/contract'
import { useQueryClient } from '@tanstack/react-query'
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react'
import { fieldTransport, refreshPack } from '../../../api/field.ts'
import { fieldStoreOf } from '../../../offline/fieldDoor.ts'
import { useLive } from '../../../offline/live.ts'
import type { KeptOperation } from '../../../offline/outbox.ts'
import { rememberPerson } from '../../../offline/resume.ts'
import type { Draft, FieldStore, KeptFile, KeptPack, NewOperation } from '../../../offline/store.ts'
import { Syncer, type SyncStatus } from '../../../offline/syncer.ts'
import { useSession } from '../../../session/session.tsx'
import { sessionKey } from '../../../session/sessionQuery.ts'

export interface Field {
  readonly store: FieldStore
  readonly syncer: Syncer
  readonly status: SyncStatus
  readonly online: boolean
  /** undefined while it is being read, null when this device has none. */
  readonly kept: KeptPack | null | undefined
  readonly operations: readonly KeptOperation[]
  readonly states: ReadonlyMap<number, FieldTaskState>
  readonly files: readonly KeptFile[]
  readonly drafts: ReadonlyMap<string, Draft>
  /** Writes into the outbox; the promise ends when it is on the disk of the phone. */
  write(operation: NewOperation): Promise<KeptOperation>
}

const Context = createContext<Field | undefined>(undefined)

export function useField(): Field {
  const field = useContext(Context)
  if (field === undefined) throw new Error('useField needs a FieldProvider above it')
  return field
}

const readPack = async (store: FieldStore) => (await store.currentPack()) ?? null
const readOperations = (store: FieldStore) => store.db.operations.orderBy('seq').toArray()
const readFiles = (store: FieldStore) => store.db.files.toArray()
const readStates = async (store: FieldStore) =>
  new Map((await store.db.states.toArray()).map((state) => [state.id, state]))
const readDrafts = async (store: FieldStore) =>
  new Map((await store.db.drafts.toArray()).map((draft) => [draft.key, draft]))

const none: readonly never[] = []
const noStates: ReadonlyMap<number, FieldTaskState> = new Map()
const noDrafts: ReadonlyMap<string, Draft> = new Map()

function subscribeOnline(listener: () => void): () => void {
  window.addEventListener('online', listener)
  window.addEventListener('offline', listener)
  return () => {
    window.removeEventListener('online', listener)
    window.removeEventListener('offline', listener)
  }
}
const useOnline = (): boolean => useSyncExternalStore(subscribeOnline, () => navigator.onLine)

/** Opens the officer's store, sends what waits, keeps the pack up to date: around every field page. */
export function FieldProvider({ children }: { children: ReactNode }) {
  const { session } = useSession()
  const client = useQueryClient()
  const online = useOnline()
  const userId = session.user.id
  const store = useMemo(() => fieldStoreOf(userId), [userId])
  const [ready, setReady] = useState(false)
  const syncer = useMemo(
    () =>
      new Syncer(
        store,
        fieldTransport((fresh) => {
          client.setQueryData(sessionKey, fresh)
          if (fresh.user.id === userId) void rememberPerson(fresh)
        }),
        () => refreshPack(store),
      ),
    [store, client, userId],
  )
  const status = useSyncExternalStore(syncer.subscribe, syncer.status)

  useEffect(() => {
    let stop: (() => void) | undefined
    let current = true
    void store.recover().then(() => {
      if (!current) return
      setReady(true)
      stop = syncer.start()
    })
    return () => {
      current = false
      stop?.()
    }
  }, [store, syncer])

  const kept = useLive(store, readPack)
  const operations = useLive(store, readOperations) ?? none
  const states = useLive(store, readStates) ?? noStates
  const files = useLive(store, readFiles) ?? none
  const drafts = useLive(store, readDrafts) ?? noDrafts
  const write = useCallback(
    async (operation: NewOperation) => {
      const written = await store.write(operation, Date.now())
      syncer.soon()
      return written
    },
    [store, syncer],
  )
  const field = useMemo<Field>(
    () => ({
      store,
      syncer,
      status,
      online,
      kept: ready ? kept : undefined,
      operations,
      states,
      files,
      drafts,
      write,
    }),
    [store, syncer, status, online, ready, kept, operations, states, files, drafts, write],
  )
  return <Context.Provider value={field}>{children}</Context.Provider>
}
