import { useCallback, useEffect, useRef, useState } from 'react'
import { draftKey, type NewOperation } from '../../../offline/store.ts'
import { useField } from './useField.tsx'

const PAUSE_MS = 1200

/**
 * A line that is typed: every key stroke is kept on the phone, and becomes an operation after a pause, on leaving the
 * field, or at the next start. `saved`: what stands in the record now; `operationOf` what a text will be.
 */
export function useTyped(saved: string, operationOf: (text: string) => NewOperation) {
  const { store, syncer } = useField()
  const [text, setText] = useState<string>()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const pending = useRef<string>(undefined)
  const latest = useRef(operationOf)
  latest.current = operationOf

  const commit = useCallback(async () => {
    clearTimeout(timer.current)
    const key = pending.current
    if (key === undefined) return
    pending.current = undefined
    await store.commitDraft(key)
    syncer.soon()
  }, [store, syncer])

  const type = useCallback(
    (next: string) => {
      setText(next)
      const operation = latest.current(next)
      pending.current = draftKey(operation, store.userId)
      void store.draft(operation, Date.now())
      clearTimeout(timer.current)
      timer.current = setTimeout(() => void commit(), PAUSE_MS)
    },
    [store, commit],
  )
  const leave = useCallback(() => {
    void commit().then(() => setText(undefined))
  }, [commit])
  useEffect(() => () => void commit(), [commit])
  return { text: text ?? saved, type, leave }
}
