import { useCallback, useState } from 'react'
import { sha256Of } from '../../../offline/digest.ts'
import type { FileKind } from '../../../offline/store.ts'
import type { FieldView } from './fieldView.ts'
import { fixOrNothing } from './fix.ts'
import { thumbOf } from './thumb.ts'
import { useField } from './useField.tsx'

export interface Capture {
  readonly busy: boolean
  readonly fault: 'storage' | 'large' | undefined
  /** Keeps a file on the phone and names it in the outbox; gives its SHA-256, nothing when it could not be kept. */
  take(file: File, kind: FileKind, title: string): Promise<string | undefined>
}

/** Largest file that the phone keeps, bytes; longer videos are cut by the camera. A setting of the platform. */
const maxFileBytes = 200 * 1024 * 1024

export function useCapture(view: FieldView): Capture {
  const { store, syncer } = useField()
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<Capture['fault']>()
  const { task, version } = view
  const take = useCallback(
    async (file: File, kind: FileKind, title: string) => {
      if (file.size > maxFileBytes) {
        setFault('large')
        return undefined
      }
      setBusy(true)
      setFault(undefined)
      const takenMs = Date.now()
      try {
        const [sha256, fix, thumb] = await Promise.all([
          sha256Of(file),
          fixOrNothing(),
          kind === 'photo' ? thumbOf(file) : null,
        ])
        const place = { lon: fix?.lon ?? null, lat: fix?.lat ?? null }
        await store.keepFile(
          {
            key: `${task.id}:${sha256}`,
            taskId: task.id,
            kind,
            sha256,
            name: file.name,
            title,
            bytes: file.size,
            takenMs,
            ...place,
            accuracyM: fix?.accuracyM ?? null,
            thumb,
            state: 'waiting',
            offset: 0,
            reason: null,
          },
          file,
          {
            taskId: task.id,
            kind: 'photo',
            payload: { sha256, title, takenAt: new Date(takenMs).toISOString(), ...place },
            baseVersion: version,
          },
          takenMs,
        )
        syncer.soon()
        return sha256
      } catch {
        setFault('storage')
        return undefined
      } finally {
        setBusy(false)
      }
    },
    [store, syncer, task.id, version],
  )
  return { busy, fault, take }
}
