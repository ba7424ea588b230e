/** Complaints by the public page, without login: taken in, limited, and looked up by number and code. */
import { randomBytes, timingSafeEqual } from 'node:crypto'
import {
  type PublicComplaintForm,
  type PublicComplaintInput,
  type PublicComplaintReceipt,
  type PublicComplaintState,
  type PublicComplaintStatus,
  publicComplaintStates,
} from '@shanshui/contract'
import { shanghaiIso } from '../../platform/clock.ts'
import type { Trx } from '../../platform/db/index.ts'
import { AppError } from '../../platform/errors.ts'
import { calendarIn } from '../matters/index.ts'
import { listEnterprises } from '../registry/index.ts'
import { dateOf, dayMs } from '../series/index.ts'
import { isoOrNothing, lastDayOf, presentComplaint } from './complaint.present.ts'
import { complaintBy, repliesOfMatter } from './complaint.repository.ts'
import type { ComplaintRow } from './complaint.table.ts'
import { treatingMatter } from './complaint-read.service.ts'
import { withoutPerson } from './discretion.ts'
import { ageFault, makeToken, readToken } from './form-token.ts'
import { codeFrom, hashOfCode } from './look-up-code.ts'
import {
  bureauName,
  earlierIntakes,
  forgetAddresses,
  type IntakeRow,
  insertIntake,
  intakeOfNonce,
  oneAtATime,
  reportableRegions,
  sameIntake,
  setLookUpHash,
} from './public.repository.ts'
import { addressKey, overLimit, sameText } from './public-limits.ts'
import { auditRegistered, registerComplaint } from './register.service.ts'
import type { ComplaintDeps } from './room.ts'
import type { Keys } from './sealing.ts'

const formPurpose = 'public form'
export const photoPurpose = 'public photos'

/** The page asks for this when it opens. Errors: `public.closed`. */
export async function publicForm(deps: ComplaintDeps): Promise<PublicComplaintForm> {
  requireOpen(deps)
  const { publicFormMinSeconds, publicFormMinutes } = deps.config
  const issued = { issuedMs: deps.clock.now(), nonce: randomBytes(12).toString('hex') }
  return {
    token: makeToken((await deps.keys()).mark, formPurpose, issued),
    minSeconds: publicFormMinSeconds,
    validMinutes: publicFormMinutes,
    regions: await reportableRegions(deps.db.pool),
    bureau: (await bureauName(deps.db.pool)) ?? '生态环境局',
  }
}

function requireOpen(deps: ComplaintDeps): void {
  if (!deps.config.publicComplaints) throw new AppError('public.closed')
}

/** The code of a submission: the same for the same one, so that it can be told again but is not stored. */
const codeOf = (keys: Keys, number: string, nonce: string): string =>
  codeFrom(keys.mark('look-up code', `${number} ${nonce}`))

async function receiptOf(
  deps: ComplaintDeps,
  trx: Trx,
  intake: Pick<IntakeRow, 'complaint_id' | 'nonce' | 'at_ms'>,
  repeated: boolean,
): Promise<PublicComplaintReceipt> {
  const keys = await deps.keys()
  const row = await complaintBy(trx, 'id', intake.complaint_id)
  if (row === undefined) throw new Error(`complaint ${intake.complaint_id} of the public form is not there`)
  return {
    number: row.number,
    code: codeOf(keys, row.number, intake.nonce),
    photoToken: makeToken(keys.mark, photoPurpose, { issuedMs: intake.at_ms, nonce: intake.nonce }),
    repeated,
    receivedAt: shanghaiIso(row.received_ms),
    informBy: lastDayOf(row.inform_due_ms) ?? dateOf(row.received_ms),
  }
}

/** Errors: `public.not-accepted`, `public.form-expired`, `public.too-fast`, `public.name-missing`, `public.region-unknown`. */
async function checked(deps: ComplaintDeps, input: PublicComplaintInput): Promise<{ nonce: string }> {
  // People do not see this field; what fills it is no person.
  if (input.website !== undefined && input.website !== '') throw new AppError('public.not-accepted')
  const token = readToken((await deps.keys()).mark, formPurpose, input.token)
  if (token === undefined) throw new AppError('public.form-expired')
  const { publicFormMinSeconds: minSeconds, publicFormMinutes: validMinutes } = deps.config
  const fault = ageFault(token, deps.clock.now(), { minSeconds, validMinutes })
  if (fault === 'expired') throw new AppError('public.form-expired')
  if (fault === 'too-fast')
    throw new AppError('public.too-fast', { detail: `请在打开页面 ${minSeconds} 秒之后提交` })
  const hasName = (input.name ?? '').trim().length >= 2
  if (input.named && !(hasName && input.phone !== undefined)) throw new AppError('public.name-missing')
  const regions = await reportableRegions(deps.db.pool)
  if (!regions.some(({ code }) => code === input.regionCode))
    throw new AppError('public.region-unknown', { detail: String(input.regionCode) })
  return token
}

/** Errors: those of `checked`, `public.closed`, `public.form-used`, `public.too-many`. */
export async function submitPublicComplaint(
  deps: ComplaintDeps,
  input: PublicComplaintInput,
  address: string,
): Promise<PublicComplaintReceipt> {
  requireOpen(deps)
  const { nonce } = await checked(deps, input)
  const keys = await deps.keys()
  const addressMark = keys.mark('address', addressKey(address))
  const digest = keys.mark(
    'text',
    sameText(`${input.theme} ${input.regionCode} ${input.place} ${input.content}`),
  )
  return deps.db.transaction(async (trx) => {
    await oneAtATime(trx)
    const now = deps.clock.now()
    const sinceMs = now - deps.config.publicRepeatMinutes * 60_000
    // Sent twice by a slow line or an impatient finger: one ticket, and the same receipt again.
    const again = await sameIntake(trx, addressMark, digest, sinceMs)
    if (again !== undefined) return receiptOf(deps, trx, again, true)
    if ((await intakeOfNonce(trx, nonce)) !== undefined) throw new AppError('public.form-used')
    await refuseOverLimit(deps, trx, addressMark, now)
    const complaintId = await take(deps, trx, input, now)
    await insertIntake(trx, { atMs: now, addressMark, nonce, digest, complaintId })
    const receipt = await receiptOf(deps, trx, { complaint_id: complaintId, nonce, at_ms: now }, false)
    await setLookUpHash(trx, complaintId, hashOfCode(receipt.code))
    await forgetAddresses(trx, now - 2 * dayMs)
    await auditRegistered(trx, 'system', [{ id: complaintId, number: receipt.number, matterId: 0 }], {
      channel: 'web',
    })
    return receipt
  })
}

async function refuseOverLimit(
  deps: ComplaintDeps,
  trx: Trx,
  addressMark: Buffer,
  nowMs: number,
): Promise<void> {
  const { publicComplaintsPerHour, publicComplaintsPerDay, publicComplaintsPerMinute } = deps.config
  const over = overLimit(
    await earlierIntakes(trx, addressMark, nowMs),
    {
      perHour: publicComplaintsPerHour,
      perDay: publicComplaintsPerDay,
      allPerMinute: publicComplaintsPerMinute,
    },
    nowMs,
  )
  if (over === undefined) return
  const minutes = Math.ceil(over.retryAfterSeconds / 60)
  throw new AppError('public.too-many', {
    detail: `请在 ${minutes} 分钟后再试`,
    retryAfterSeconds: over.retryAfterSeconds,
    limit: over.limit,
  })
}

async function take(
  deps: ComplaintDeps,
  trx: Trx,
  input: PublicComplaintInput,
  nowMs: number,
): Promise<number> {
  const accused = input.accused?.trim() || null
  // Only a name that is exactly one plant's links: a guess would put the wrong plant into the matter.
  const enterprise =
    accused === null
      ? undefined
      : (await listEnterprises(trx, { regionCode: input.regionCode })).find(({ name }) => name === accused)
  const person =
    input.named && input.name !== undefined
      ? { name: input.name.trim(), ...(input.phone === undefined ? {} : { phone: input.phone }) }
      : undefined
  const placed = input.lon !== undefined && input.lat !== undefined
  const made = await registerComplaint(deps, trx, 'system', {
    regionCode: input.regionCode,
    channel: 'web',
    outerNumber: null,
    platformNumber: null,
    content: input.content.trim(),
    theme: input.theme,
    urgency: 'ordinary',
    nature: 'enforcement',
    campaign: null,
    place: input.place.trim(),
    lon: placed ? (input.lon ?? null) : null,
    lat: placed ? (input.lat ?? null) : null,
    enterpriseId: enterprise?.id ?? null,
    accused: accused === null ? null : withoutPerson(accused, person),
    occurredOn: input.occurredOn ?? null,
    receivedMs: nowMs,
    commandId: null,
    ...(person === undefined ? {} : { complainant: person }),
  })
  return made.id
}

/** In plain words; a matter has more states than a citizen needs. */
function publicStateOf(
  row: Pick<ComplaintRow, 'state' | 'answered_ms' | 'finished_ms'>,
): PublicComplaintState {
  switch (row.state) {
    case 'received':
      return 'received'
    case 'accepted':
    case 'dispatched':
    case 'returned':
      return 'accepted'
    case 'checking':
      return 'checking'
    case 'handling':
    case 'answering':
      return 'handling'
    case 'answered':
    case 'visited':
      return 'answered'
    case 'closed':
      return 'closed'
    case 'joined':
      if (row.finished_ms !== null) return 'closed'
      return row.answered_ms === null ? 'joined' : 'answered'
    default:
      return 'transferred'
  }
}

const nextSteps: Readonly<Record<PublicComplaintState, string>> = {
  received: '我们将在 15 日内告知是否受理。',
  accepted: '承办单位签收后到现场核查。',
  checking: '执法人员正在核查，核实后依法处理。',
  handling: '正在依法处理，处理后答复。',
  answered: '已经答复；可能电话回访，请您对办理情况作出评价。',
  closed: '已经办结。情况反复的，请重新举报并注明本编号。',
  joined: '同一问题已有举报在办，合并办理，结果会在这里答复您。',
  transferred: '不属于生态环境部门职责，已转送有权处理的单位，由其答复。',
}

const nothing = Buffer.alloc(32)

/**
 * State of a complaint for whoever has its number and code. An unknown number, a number without code and a wrong code
 * are one and the same refusal, after the same work.
 * @throws AppError `public.complaint-unknown`
 */
export async function publicStatus(
  deps: ComplaintDeps,
  number: string,
  code: string,
): Promise<PublicComplaintStatus> {
  const given = hashOfCode(code)
  return deps.db.transaction(async (trx) => {
    const row = await complaintBy(trx, 'number', number.trim().toUpperCase())
    const fits = timingSafeEqual(given, row?.look_up_hash ?? nothing)
    if (row === undefined || row.look_up_hash === null || !fits)
      throw new AppError('public.complaint-unknown')
    const treating = await treatingMatter(trx, row)
    const told = treating === null ? [] : await repliesOfMatter(trx, treating)
    const calendar = await calendarIn(trx)
    const state = publicStateOf(row)
    const answers = [
      ...told.map(({ at_ms, text }) => ({ atMs: at_ms, text: text ?? '' })),
      ...row.answers.map(({ atMs, text }) => ({ atMs, text })),
    ].sort((a, b) => a.atMs - b.atMs)
    const lastMs = answers.at(-1)?.atMs
    const review =
      lastMs === undefined
        ? null
        : calendar.endMs(lastMs, { amount: 30, unit: 'day' }, { roll: true, stops: [] }).atMs
    return {
      number: row.number,
      state,
      stateTitle: publicComplaintStates[state].zh,
      theme: row.theme,
      receivedAt: shanghaiIso(row.received_ms),
      informBy: lastDayOf(row.inform_due_ms),
      acceptedAt: state === 'received' ? null : isoOrNothing(row.accepted_ms),
      finishBy: lastDayOf(row.finish_due_ms),
      extended: row.extended,
      answers: answers.map(({ atMs, text }) => ({ at: shanghaiIso(atMs), text })),
      verdict: answers.length === 0 ? null : presentComplaint(row, deps.clock.now(), calendar).verdict,
      finishedAt: isoOrNothing(row.finished_ms),
      reviewUntil: lastDayOf(review),
      next: nextSteps[state],
    }
  })
}
