import type { DocumentKind, WorkflowDefinition } from '@shanshui/workflow'
import type { Actor } from '../../../platform/actor.ts'
import { templates } from './render.ts'

/** Whether the actor may have documents of a kind: the enterprise concerned gets what is addressed to it or signed by it. */
export const mayHaveDocument = (actor: Actor, kind: DocumentKind): boolean =>
  actor.owner === 'any' || templates[kind].forOwner !== 'none'

/** Kinds of documents that the steps of a workflow produce. */
export const producedBy = (def: WorkflowDefinition): ReadonlySet<DocumentKind> =>
  new Set(def.transitions.flatMap(({ documents = [] }) => documents))
