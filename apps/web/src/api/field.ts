import type { FieldPack, FieldTaskState, Session } from '@shanshui/contract'
import { addDays, today } from '../format/time.ts'
import type { FieldStore, KeptFile } from '../offline/store.ts'
import { type SyncAnswer, SyncObstacle, SyncRefusal, type Transport } from '../offline/sync.ts'
import { api, setCsrfToken } from './client.ts'
import { uploadEvidence } from './evidence.ts'
import { ProblemError } from './problem.ts'

/** Days of tasks that go with the officer: today and those after it. A setting of the platform. */
const packDays = 5

/** What a failed request means for what waits on the phone. */
function asObstacle(error: unknown): unknown {
  if (!(error instanceof ProblemError)) return error
  const { status, code, detail, title } = error.problem
  if (status === 401) return new SyncObstacle('signed-out')
  if (status === 0) return new SyncObstacle('unreachable')
  if (status === 429 || status >= 500) return new SyncObstacle('busy')
  if (status === 403) return new SyncObstacle('refused', detail ?? title)
  return new SyncRefusal(code, detail ?? title)
}

async function orObstacle<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw asObstacle(error)
  }
}

/** The way to the server. `onSession`: who is signed in there, with the token for what is written. */
export function fieldTransport(onSession: (session: Session) => void): Transport {
  return {
    userId: () =>
      orObstacle(async () => {
        const session = await api.get<Session>('/session')
        setCsrfToken(session.csrfToken)
        onSession(session)
        return session.user.id
      }),
    send: (device, operations) =>
      orObstacle(() =>
        api.post<SyncAnswer>('/inspections/field-sync', {
          device,
          deviceTime: new Date().toISOString(),
          operations,
        }),
      ),
    upload: (file, blob, at) => orObstacle(() => uploadFile(file, blob, at)),
  }
}

const iso = (ms: number): string => new Date(ms).toISOString()

/** Goes on where the server stands: an upload that was cut does not begin anew. */
async function uploadFile(file: KeptFile, blob: Blob, at: (offset: number) => void): Promise<void> {
  await uploadEvidence(
    blob,
    {
      subject: { kind: 'inspection', id: file.taskId },
      title: file.title.slice(0, 200),
      name: file.name,
      sha256: file.sha256,
      device: { at: iso(file.takenMs), lon: file.lon, lat: file.lat, accuracyM: file.accuracyM },
    },
    { onProgress: at },
  )
}

/** Asks for the officer's pack and keeps it; what cannot be had now is had later. */
export async function refreshPack(store: FieldStore): Promise<void> {
  const from = today()
  const pack = await api.get<FieldPack>('/inspections/field-pack', { from, to: addDays(from, packDays - 1) })
  await store.keepPack(pack, Date.now())
}

export interface CaseItem {
  readonly title: string
  readonly finding: string
  readonly at: string
}

/** Past cases of one checklist item; kept for when there is no signal. */
export async function readCases(store: FieldStore, item: string): Promise<void> {
  const { items } = await api.get<{ items: CaseItem[] }>(`/inspections/checklists/items/${item}/cases`)
  const cases = items.map(({ title, finding, at }) => ({ title, finding, at }))
  await store.db.cases.put({ item, cases, keptMs: Date.now() })
}

/** Which of two versions stands; both stay in the record. */
export const decideConflict = (
  taskId: number,
  conflictId: number,
  body: { operationId: string; reason: string },
): Promise<FieldTaskState> =>
  api.post<FieldTaskState>(`/inspections/tasks/${taskId}/conflicts/${conflictId}`, body)
