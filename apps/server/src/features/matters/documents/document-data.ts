/** What a document is made from: facts of one matter, as of the step that produced the document. */
import type { Party, WorkflowDefinition } from '@shanshui/workflow'
import type { Picture } from '../../../platform/official/index.ts'

export interface DocumentParty {
  readonly organization: string
  readonly person: string | null
}

/** The enterprise that the matter is about (当事人). */
export interface DocumentSubject {
  readonly name: string
  readonly creditCode: string
  readonly legalRepresentative: string
  readonly address: string
  readonly contact: string
  readonly phone: string
}

export interface DocumentStep {
  readonly transition: string
  readonly title: string
  /** Civil day. */
  readonly on: string
  readonly by: string
  readonly organization: string
  readonly reason: string
  readonly round: number
}

export interface DocumentEvidence {
  readonly title: string
  /** Kind in words: 照片、文书 … */
  readonly kind: string
  /** `2026-03-02 10:20`; empty when not known. */
  readonly takenAt: string
  readonly by: string
  readonly located: boolean
  readonly sha256: string
}

export interface DocumentData {
  readonly matter: {
    readonly number: string
    readonly title: string
    readonly round: number
    readonly rebounds: number
    readonly openedOn: string
    readonly regionName: string
    /** Source in words: 线索、督察 … */
    readonly source: string
    readonly lookBackOn: string | null
  }
  readonly def: WorkflowDefinition
  readonly fields: Readonly<Record<string, unknown>>
  readonly parties: Partial<Record<Party, DocumentParty>>
  readonly subject: DocumentSubject | null
  readonly problem: {
    readonly number: string
    readonly title: string
    readonly detail: string
    readonly foundOn: string
  } | null
  /** The step that produced the document; null when it has not been taken. */
  readonly step: DocumentStep | null
  readonly steps: readonly DocumentStep[]
  readonly evidence: readonly DocumentEvidence[]
  readonly pictures: readonly Picture[]
  /** Names of people and organizations that fields refer to by number. */
  readonly people: ReadonlyMap<number, string>
  readonly organizations: ReadonlyMap<number, string>
}
