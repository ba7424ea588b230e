import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef } from 'react'
import { urlOf } from './client.ts'

type Handler = (data: unknown) => void

interface EventHub {
  subscribe(topic: string, handler: Handler): () => void
}

const Hub = createContext<EventHub | undefined>(undefined)
const REOPEN_MS = 50

/** One connection for the whole page; reopened with the union of the topics when that changes. */
export function createEventHub(open: (topics: readonly string[]) => EventSource): EventHub & { close(): void } {
  const handlers = new Map<string, Set<Handler>>()
  let source: EventSource | undefined
  let pending: ReturnType<typeof setTimeout> | undefined

  function reopen(): void {
    pending = undefined
    source?.close()
    source = undefined
    const topics = [...handlers.keys()].sort()
    if (topics.length === 0) return
    const next = open(topics)
    for (const topic of topics) {
      next.addEventListener(topic, (event) => {
        const data: unknown = JSON.parse((event as MessageEvent<string>).data)
        for (const handler of handlers.get(topic) ?? []) handler(data)
      })
    }
    source = next
  }

  function changed(): void {
    pending ??= setTimeout(reopen, REOPEN_MS)
  }

  return {
    subscribe(topic, handler) {
      const known = handlers.get(topic)
      if (known === undefined) handlers.set(topic, new Set([handler]))
      else known.add(handler)
      if (known === undefined) changed()
      return () => {
        const set = handlers.get(topic)
        set?.delete(handler)
        if (set?.size !== 0) return
        handlers.delete(topic)
        changed()
      }
    },
    close() {
      clearTimeout(pending)
      source?.close()
      handlers.clear()
    },
  }
}

export function EventsProvider({ children }: { children: ReactNode }) {
  const hub = useMemo(() => createEventHub((topics) => new EventSource(urlOf('/events', { topics }))), [])
  useEffect(() => () => hub.close(), [hub])
  return <Hub.Provider value={hub}>{children}</Hub.Provider>
}

/** Runs `handler` for every event of `topic` while the component is shown. Does nothing where no hub is given. */
export function useEvent<T>(topic: string, handler: (data: T) => void): void {
  const hub = useContext(Hub)
  const latest = useRef(handler)
  latest.current = handler
  useEffect(() => hub?.subscribe(topic, (data) => latest.current(data as T)), [hub, topic])
}
