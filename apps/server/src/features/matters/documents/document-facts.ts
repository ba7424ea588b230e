/** Gathers what a document is made from: the matter as it stood when the step that produced the document was taken. */
import { evidenceKindTitles, problemSourceTitles } from '@shanshui/contract'
import type { DocumentKind, WorkflowDefinition } from '@shanshui/workflow'
import type { Actor } from '../../../platform/actor.ts'
import { shanghaiIso } from '../../../platform/clock.ts'
import type { Queryable, Trx } from '../../../platform/db/index.ts'
import { AppError } from '../../../platform/errors.ts'
import type { Picture } from '../../../platform/official/index.ts'
import { type AnnexPicture, type CountedEvidence, evidenceOf } from '../../evidence/index.ts'
import { dateOf } from '../../series/index.ts'
import { withoutHidden } from '../matter.present.ts'
import { matterById, partiesOfMatters, stepsOfMatter } from '../matter.repository.ts'
import { unknownMatter } from '../matter.service.ts'
import type { MatterListRow, PartyRow, StepRow } from '../matter.table.ts'
import { hiddenFrom } from '../matter-read.service.ts'
import { problemsByIds } from '../problem.repository.ts'
import { workflowOf } from '../workflow-of.ts'
import { namesOfOrganizations, namesOfPeople, subjectById } from './document.repository.ts'
import { mayHaveDocument, producedBy } from './document-access.ts'
import type { DocumentData, DocumentEvidence, DocumentStep, DocumentSubject } from './document-data.ts'
import { templates } from './render.ts'

/** Reads a picture for the annex; null for what is none. */
export type PictureReader = (q: Queryable, id: number) => Promise<AnnexPicture | null>

const mostPictures = 8

/**
 * @throws AppError `matter.unknown`; `matter.document-unknown` for a kind that the matter's workflow does not produce
 * or that is not for the actor (yet)
 */
export async function documentDataOf(
  trx: Trx,
  actor: Actor,
  matterId: number,
  kind: DocumentKind,
  readPicture: PictureReader,
): Promise<DocumentData> {
  const row = await matterById(trx, matterId)
  if (row === undefined) throw unknownMatter(matterId)
  const def = workflowOf(row.workflow)
  if (!producedBy(def).has(kind) || !mayHaveDocument(actor, kind))
    throw new AppError('matter.document-unknown', { detail: `${row.number} 没有“${templates[kind].title}”` })
  const steps = await stepsOfMatter(trx, matterId)
  const producing = lastProducing(def, steps, kind)
  const isOwner = actor.owner !== 'any'
  if (isOwner && producing === undefined)
    throw new AppError('matter.document-unknown', { detail: `“${templates[kind].title}”尚未制作` })
  const addressed = templates[kind].forOwner === 'addressed'
  const hidden = isOwner && !addressed ? hiddenFrom(actor, row) : new Set<string>()
  const fields = withoutHidden(
    producing === undefined ? row.fields : fieldsAt(steps, producing.seq, row),
    hidden,
  )
  const parties = await partiesOfMatters(trx, [matterId])
  const evidence = await evidenceAt(trx, matterId, producing)
  const numbers = numbersIn(fields)
  return {
    matter: matterFacts(row, producing),
    def,
    fields,
    parties: Object.fromEntries(parties.map((party) => [party.party, partyFacts(party)])),
    subject: await subjectFacts(trx, row),
    problem: await problemFacts(trx, row),
    step: producing === undefined ? null : stepFacts(def, producing),
    steps: steps.filter((step) => step.kind === 'step').map((step) => stepFacts(def, step)),
    evidence: evidence.map(evidenceFacts),
    pictures: await picturesOf(trx, evidence, readPicture),
    people: await namesOfPeople(trx, numbers),
    organizations: await namesOfOrganizations(trx, numbers),
  }
}

function lastProducing(
  def: WorkflowDefinition,
  steps: readonly StepRow[],
  kind: DocumentKind,
): StepRow | undefined {
  const makers = new Set(
    def.transitions.filter(({ documents = [] }) => documents.includes(kind)).map(({ id }) => id),
  )
  return steps.findLast((step) => step.kind === 'step' && makers.has(step.transition))
}

/** Fields as they stood after a step: what every step up to it has written. */
function fieldsAt(
  steps: readonly StepRow[],
  seq: number,
  row: MatterListRow,
): Readonly<Record<string, unknown>> {
  const written = steps.filter((step) => step.seq <= seq).map((step) => step.detail.fields ?? {})
  const later = new Set(
    steps.filter((step) => step.seq > seq).flatMap((step) => Object.keys(step.detail.fields ?? {})),
  )
  // What no step tells of (taken over when the matter was opened) stands as it is.
  const standing = Object.fromEntries(Object.entries(row.fields).filter(([id]) => !later.has(id)))
  return Object.assign({}, standing, ...written)
}

/** Evidence that was there when the document was produced, and what was brought for that step afterwards is not. */
async function evidenceAt(
  trx: Trx,
  matterId: number,
  producing: StepRow | undefined,
): Promise<CountedEvidence[]> {
  const all = await evidenceOf(trx, { kind: 'matter', id: matterId })
  return producing === undefined
    ? all
    : all.filter((one) => one.uploadedMs <= Math.max(producing.recordedMs, producing.atMs))
}

const matterFacts = (row: MatterListRow, producing: StepRow | undefined): DocumentData['matter'] => ({
  number: row.number,
  title: row.title,
  round: producing?.round ?? row.round,
  rebounds: row.rebounds,
  openedOn: dateOf(row.openedMs),
  regionName: row.regionName ?? '',
  source: problemSourceTitles[row.source].zh,
  lookBackOn: row.lookBackOn,
})

const partyFacts = (party: PartyRow) => ({ organization: party.organizationName, person: party.userName })

const stepFacts = (def: WorkflowDefinition, step: StepRow): DocumentStep => ({
  transition: step.transition,
  title: def.transitions.find(({ id }) => id === step.transition)?.title.zh ?? step.transition,
  on: dateOf(step.atMs),
  by: step.userName ?? '',
  organization: step.organizationName ?? '平台',
  reason: step.reason ?? '',
  round: step.round,
})

async function subjectFacts(trx: Trx, row: MatterListRow): Promise<DocumentSubject | null> {
  if (row.enterpriseId === null) return null
  const found = await subjectById(trx, row.enterpriseId)
  if (found === undefined) return null
  const { legalRepresentative = '', address = '', contact = '', phone = '' } = found.properties
  return { name: found.name, creditCode: found.code, legalRepresentative, address, contact, phone }
}

async function problemFacts(trx: Trx, row: MatterListRow): Promise<DocumentData['problem']> {
  if (row.problemId === null) return null
  const [problem] = await problemsByIds(trx, [row.problemId])
  if (problem === undefined) return null
  const { number, title, detail, foundMs } = problem
  return { number, title, detail, foundOn: dateOf(foundMs) }
}

const minuteText = (ms: number) => shanghaiIso(ms).slice(0, 16).replace('T', ' ')

const evidenceFacts = (one: CountedEvidence): DocumentEvidence => ({
  title: one.title,
  kind: evidenceKindTitles[one.kind].zh,
  takenAt: one.takenMs === null ? '' : minuteText(one.takenMs),
  by: one.byUser.name,
  located: one.located,
  sha256: one.sha256,
})

/** The newest pictures, in the order in which they were taken. */
async function picturesOf(
  trx: Trx,
  evidence: readonly CountedEvidence[],
  readPicture: PictureReader,
): Promise<Picture[]> {
  const photos = evidence.filter((one) => one.kind === 'photo').slice(-mostPictures)
  const pictures: Picture[] = []
  for (const one of photos.toSorted((a, b) => (a.takenMs ?? a.uploadedMs) - (b.takenMs ?? b.uploadedMs)))
    pictures.push({
      caption: captionOf(one),
      sha256: one.sha256,
      jpeg: await readPicture(trx, one.id),
    })
  return pictures
}

function captionOf(one: CountedEvidence): string {
  const time = one.takenMs === null ? '拍摄时间未知' : `拍摄于 ${minuteText(one.takenMs)}`
  const place =
    one.lon === null || one.lat === null
      ? '拍摄地点未知'
      : `东经 ${one.lon.toFixed(5)}°，北纬 ${one.lat.toFixed(5)}°`
  return `${one.title}（${time}，${place}）`
}

/** Numbers that may be people or organizations; names are looked up only for those that are. */
function numbersIn(fields: Readonly<Record<string, unknown>>): number[] {
  const found = new Set<number>()
  const look = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(look)
    else if (typeof value === 'number' && Number.isInteger(value) && value > 0 && value < 2 ** 31)
      found.add(value)
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(look)
  }
  look(Object.values(fields))
  return [...found]
}
