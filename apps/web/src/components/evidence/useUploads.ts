import type { EvidenceItem } from '@shanshui/contract'
import { useEffect, useRef, useState } from 'react'
import {
  type EvidenceMeta,
  type EvidenceSubject,
  uploadEvidence,
  useEvidenceChanged,
} from '../../api/evidence.ts'

export type UploadPhase = 'waiting' | 'hashing' | 'sending' | 'done' | 'failed'

export interface UploadEntry {
  readonly key: number
  readonly file: File
  readonly phase: UploadPhase
  /** Bytes of the phase. */
  readonly done: number
  readonly error: unknown
  readonly evidence: EvidenceItem | null
}

export type FileMeta = Omit<EvidenceMeta, 'name' | 'subject'>

interface Queued extends UploadEntry {
  readonly meta: FileMeta
  readonly stop: AbortController
}

export interface Uploads {
  readonly entries: readonly UploadEntry[]
  add(files: readonly File[], meta: FileMeta): void
  retry(key: number): void
  /** Stops it, and takes it off the list; what the server has stays there until it expires. */
  remove(key: number): void
}

let serial = 0

/** Files of a page on their way: one after the other, so that a slow line finishes something. */
export function useUploads(subject: EvidenceSubject, onAdded?: (item: EvidenceItem) => void): Uploads {
  const [entries, setEntries] = useState<readonly Queued[]>([])
  const changed = useEvidenceChanged(subject)
  const busy = useRef(false)
  const known = useRef(entries)
  known.current = entries

  const set = (key: number, part: Partial<Queued>): void =>
    setEntries((now) => now.map((entry) => (entry.key === key ? { ...entry, ...part } : entry)))

  useEffect(() => {
    const next = entries.find(({ phase }) => phase === 'waiting')
    if (busy.current || next === undefined) return
    busy.current = true
    const { key, file, meta, stop } = next
    set(key, { phase: 'hashing' })
    uploadEvidence(
      file,
      { ...meta, subject, name: file.name },
      { signal: stop.signal, onProgress: (done, phase) => set(key, { done, phase }) },
    )
      .then(
        (evidence) => {
          set(key, { phase: 'done', evidence })
          changed()
          onAdded?.(evidence)
        },
        (error: unknown) => set(key, { phase: 'failed', error }),
      )
      .finally(() => {
        busy.current = false
        // The list itself says what comes next.
        setEntries((now) => [...now])
      })
  })
  useEffect(
    () => () => {
      for (const { stop } of known.current) stop.abort(new DOMException('left', 'AbortError'))
    },
    [],
  )
  return {
    entries,
    add: (files, meta) =>
      setEntries((now) => [
        ...now,
        ...files.map((file): Queued => {
          serial++
          const state = { phase: 'waiting', done: 0, error: null, evidence: null } as const
          return { key: serial, file, meta, stop: new AbortController(), ...state }
        }),
      ]),
    retry: (key) => set(key, { phase: 'waiting', done: 0, error: null, stop: new AbortController() }),
    remove: (key) => {
      known.current.find((entry) => entry.key === key)?.stop.abort(new DOMException('removed', 'AbortError'))
      setEntries((now) => now.filter((entry) => entry.key !== key))
    },
  }
}
