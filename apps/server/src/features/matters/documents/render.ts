/** From the facts of a matter to an official document: one template a kind, two forms of the same content. */
import type { DocumentKind } from '@shanshui/workflow'
import { type OfficialDocument, officialDocx, officialHtml } from '../../../platform/official/index.ts'
import { acceptanceSheet } from './acceptance-sheet.ts'
import { caseClosing } from './case-closing.ts'
import { caseFiling } from './case-filing.ts'
import { complaintReply } from './complaint-reply.ts'
import { demandLetter } from './demand-letter.ts'
import type { DocumentData } from './document-data.ts'
import { fieldReader } from './field-reader.ts'
import { inquiryRecord } from './inquiry-record.ts'
import { lookBackSheet } from './look-back-sheet.ts'
import { monitoringOrder } from './monitoring-order.ts'
import { penaltyDecision } from './penalty-decision.ts'
import { penaltyNotice } from './penalty-notice.ts'
import { rectificationNotice } from './rectification-notice.ts'
import { rectificationPlan } from './rectification-plan.ts'
import { sharingReply } from './sharing-reply.ts'
import { siteRecord } from './site-record.ts'
import { supervisionOrder } from './supervision-order.ts'
import { declaredFields, type Template } from './template.ts'

export const templates: Readonly<Record<DocumentKind, Template>> = {
  'rectification-notice': rectificationNotice,
  'rectification-plan': rectificationPlan,
  'site-record': siteRecord,
  'inquiry-record': inquiryRecord,
  'case-filing': caseFiling,
  'penalty-notice': penaltyNotice,
  'penalty-decision': penaltyDecision,
  'demand-letter': demandLetter,
  'case-closing': caseClosing,
  'acceptance-sheet': acceptanceSheet,
  'look-back-sheet': lookBackSheet,
  'supervision-order': supervisionOrder,
  'complaint-reply': complaintReply,
  'sharing-reply': sharingReply,
  'monitoring-order': monitoringOrder,
}

export type DocumentForm = 'docx' | 'html'

/** What the document says, without its looks. */
export function composeDocument(kind: DocumentKind, data: DocumentData): OfficialDocument {
  const template = templates[kind]
  return template.build(data, fieldReader(data, declaredFields(template, data.def.id)))
}

/** The document as a file: DOCX in the form of GB/T 9704-2012, or a page to print on A4. */
export async function renderDocument(
  kind: DocumentKind,
  data: DocumentData,
  form: DocumentForm,
): Promise<Buffer> {
  const document = composeDocument(kind, data)
  return form === 'docx' ? officialDocx(document) : Buffer.from(officialHtml(document))
}
