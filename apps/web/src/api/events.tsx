import { resyncTopic } from '@shanshui/contract'
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef } from 'react'
import { urlOf } from './client.ts'

type Handler = (data: unknown) => void

interface EventHub {
  subscribe(topic: string, handler: Handler): () => void
}

const Hub = createContext<EventHub | undefined>(undefined)
const REOPEN_MS = 50

/** A subscription to `series` also hears `series:12`; after a gap in the stream everybody loads afresh. */
function heard(subscribed: string, topic: string): boolean {
  return topic === subscribed || topic === resyncTopic || topic.startsWith(`${subscribed}:`)
}

/** One connection for the whole page; reopened with the union of the topics when that changes. */
export function createEventHub(
  open: (topics: readonly string[]) => EventSource | undefined,
): EventHub & { close(): void } {
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
    next?.addEventListener('message', (event) => {
      const message = JSON.parse((event as MessageEvent<string>).data) as { topic: string; data: unknown }
      for (const [subscribed, known] of handlers) {
        if (!heard(subscribed, message.topic)) continue
        for (const handler of known) handler(message.data)
      }
    })
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

/** `may` says whether a topic may be heard: the server refuses a stream as a whole for one forbidden topic. */
export function EventsProvider({ may, children }: { may: (topic: string) => boolean; children: ReactNode }) {
  const latest = useRef(may)
  latest.current = may
  const hub = useMemo(
    () =>
      createEventHub((topics) => {
        const heard = topics.filter((topic) => latest.current(topic))
        return heard.length === 0 ? undefined : new EventSource(urlOf('/events', { topics: heard }))
      }),
    [],
  )
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
