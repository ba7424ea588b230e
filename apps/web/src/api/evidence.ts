/** Evidence on the wire: lists, files, and uploads that go on where they were cut. */
import type {
  EvidenceItem,
  EvidenceSubjectKind,
  EvidenceUpload,
  EvidenceUploadStart,
  EvidenceVerification,
} from '@shanshui/contract'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { sha256Of } from '../components/evidence/sha256.ts'
import { api, urlOf } from './client.ts'
import { isProblem } from './problem.ts'

export interface EvidenceSubject {
  readonly kind: EvidenceSubjectKind
  readonly id: number
}
interface EvidenceList {
  readonly items: readonly EvidenceItem[]
  readonly mayAdd: boolean
  readonly limitBytes: number
}

const keyOf = ({ kind, id }: EvidenceSubject) => ['evidence', kind, id] as const

const evidenceOptions = (subject: EvidenceSubject) =>
  queryOptions({
    queryKey: keyOf(subject),
    queryFn: ({ signal }) =>
      api.get<EvidenceList>('/evidence', { subjectKind: subject.kind, subjectId: subject.id }, signal),
  })
export const useEvidence = (subject: EvidenceSubject) => useQuery(evidenceOptions(subject))

/** What this person began to upload and did not finish. */
export const useOpenUploads = (enabled: boolean) =>
  useQuery({
    queryKey: ['evidence', 'uploads'],
    queryFn: async () => (await api.get<{ items: EvidenceUpload[] }>('/evidence/uploads')).items,
    enabled,
  })

/** After something about the evidence of a subject changed: the list, and whatever counts it. */
export function useEvidenceChanged(subject: EvidenceSubject): () => void {
  const client = useQueryClient()
  return () => {
    void client.invalidateQueries({ queryKey: keyOf(subject) })
    void client.invalidateQueries({ queryKey: ['evidence', 'uploads'] })
    void client.invalidateQueries({ queryKey: [`${subject.kind}s`] })
  }
}

export function useWithdrawEvidence(subject: EvidenceSubject) {
  const changed = useEvidenceChanged(subject)
  return useMutation({
    mutationFn: ({ id, reason }: { id: number; reason: string }) =>
      api.post<EvidenceItem>(`/evidence/${id}/withdraw`, { reason }),
    onSuccess: changed,
  })
}

export const useVerifyEvidence = () =>
  useMutation({ mutationFn: (id: number) => api.get<EvidenceVerification>(`/evidence/${id}/verify`) })

export const contentUrl = (id: number, download = false): string =>
  urlOf(`/evidence/${id}/content`, download ? { download: true } : {})
export const thumbnailUrl = (id: number): string => urlOf(`/evidence/${id}/thumbnail`)

export type EvidenceMeta = Omit<EvidenceUploadStart, 'bytes' | 'sha256'> & {
  /** When the caller knows it already. */
  readonly sha256?: string
}
export interface UploadHooks {
  /** Bytes of the file that the server has; before that, bytes that were hashed. */
  readonly onProgress?: (done: number, phase: 'hashing' | 'sending') => void
  readonly signal?: AbortSignal
}

/** A lost connection, a busy server: the same piece is tried again after these waits, milliseconds. */
const WAITS_MS = [1_000, 3_000, 8_000, 20_000]

const isPassing = (error: unknown): boolean =>
  isProblem(error) &&
  (error.problem.status === 0 || error.problem.status === 429 || error.problem.status >= 500)

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

async function persistently<T>(work: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  for (const wait of WAITS_MS) {
    signal?.throwIfAborted()
    try {
      return await work()
    } catch (error) {
      if (!isPassing(error)) throw error
      await sleep(wait)
    }
  }
  signal?.throwIfAborted()
  return work()
}

/** Where the server stands, when a piece was refused because it begins elsewhere. */
function offsetIn(error: unknown): number | undefined {
  if (!isProblem(error, 'evidence.offset-differs')) return undefined
  const { offset } = error.problem
  return typeof offset === 'number' ? offset : undefined
}

/**
 * Hashes and sends a file; goes on where the server stands, also after a reload or on another day. Errors: the
 * refusals of the evidence room, and `AbortError`.
 */
export async function uploadEvidence(
  blob: Blob,
  meta: EvidenceMeta,
  { onProgress, signal }: UploadHooks = {},
): Promise<EvidenceItem> {
  const { sha256: known, ...start } = meta
  const sha256 = known ?? (await sha256Of(blob, (done) => onProgress?.(done, 'hashing'), signal))
  let upload = await persistently(
    () => api.post<EvidenceUpload>('/evidence/uploads', { ...start, bytes: blob.size, sha256 }),
    signal,
  )
  while (upload.evidence === null) {
    signal?.throwIfAborted()
    onProgress?.(upload.offset, 'sending')
    upload = await nextPiece(upload, blob, signal)
  }
  onProgress?.(blob.size, 'sending')
  return upload.evidence
}

async function nextPiece(
  upload: EvidenceUpload,
  blob: Blob,
  signal: AbortSignal | undefined,
): Promise<EvidenceUpload> {
  const { id, offset, chunkBytes } = upload
  try {
    return await persistently(
      () =>
        api.piece<EvidenceUpload>(`/evidence/uploads/${id}`, blob.slice(offset, offset + chunkBytes), offset),
      signal,
    )
  } catch (error) {
    const standing = offsetIn(error)
    if (standing === undefined || standing === offset) throw error
    return { ...upload, offset: standing }
  }
}
