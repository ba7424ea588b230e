/** What evidence asks of the rooms whose objects it proves; handed in by the composition root. */
import type { EvidenceSubjectKind } from '@shanshui/contract'
import type { Actor } from '../../platform/actor.ts'
import type { Queryable } from '../../platform/db/index.ts'
import { AppError } from '../../platform/errors.ts'
import type { SubjectRef } from './evidence.table.ts'

export interface EvidenceSubject {
  readonly kind: EvidenceSubjectKind
  readonly id: number
  readonly regionCode: number
  /** Organization of the enterprise; 0 none. */
  readonly ownerId: number
  /** Organizations that take part. */
  readonly parties: readonly number[]
  readonly shownToOwner: boolean
  /** Demand that evidence serves when whoever sends it names none. */
  readonly demand?: string
  /** WGS 84; what a picture's place is compared with. */
  readonly place?: { readonly lon: number; readonly lat: number } | null
}

export interface SubjectDoor {
  readonly kind: EvidenceSubjectKind
  /**
   * The subject as the actor sees it, and whether the actor may add and withdraw evidence now; undefined when it is
   * not there or not the actor's to see. `q` runs under the actor's row-level security.
   */
  read(q: Queryable, actor: Actor, id: number): Promise<(EvidenceSubject & { mayAdd: boolean }) | undefined>
}

/** @throws AppError `evidence.subject-unknown` */
export async function visibleSubject(
  doors: readonly SubjectDoor[],
  q: Queryable,
  actor: Actor,
  ref: SubjectRef,
): Promise<EvidenceSubject & { mayAdd: boolean }> {
  const subject = await doors.find((door) => door.kind === ref.kind)?.read(q, actor, ref.id)
  if (subject === undefined)
    throw new AppError('evidence.subject-unknown', {
      detail: `没有 ${ref.kind} ${ref.id}，或不在您的数据范围内`,
    })
  return subject
}

/** @throws AppError `evidence.subject-unknown`, `evidence.subject-closed` */
export async function openSubject(
  doors: readonly SubjectDoor[],
  q: Queryable,
  actor: Actor,
  ref: SubjectRef,
): Promise<EvidenceSubject> {
  const subject = await visibleSubject(doors, q, actor, ref)
  if (!subject.mayAdd) throw new AppError('evidence.subject-closed', { detail: `${ref.kind} ${ref.id}` })
  return subject
}
