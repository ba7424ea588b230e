import { type QueryKey, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useEvent } from './events.tsx'

/** The events of a burst within this time are one reason to ask again. */
const BURST_MS = 1000

/**
 * Asks again for what `queryKey` holds when something of `topic` changed: once for a burst, however long it lasts, since
 * hours arrive outlet by outlet and a scan raises leads by the hundred.
 */
export function useRefreshOn(topic: string, queryKey: QueryKey): void {
  const client = useQueryClient()
  const pending = useRef<ReturnType<typeof setTimeout>>(undefined)
  const latest = useRef(queryKey)
  latest.current = queryKey
  useEvent(topic, () => {
    pending.current ??= setTimeout(() => {
      pending.current = undefined
      void client.invalidateQueries({ queryKey: latest.current })
    }, BURST_MS)
  })
  useEffect(() => () => clearTimeout(pending.current), [])
}
