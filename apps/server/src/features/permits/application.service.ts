/** What new projects take of the allowance: equal or double substitution, decided by somebody else. */
import type { AllowanceApplication, AllowanceApplicationInput } from '@shanshui/contract'
import { offsetOutcome, roundHalfEven, substitutionRatio, substitutionRules } from '@shanshui/standards'
import { type Actor, requirePermission } from '../../platform/actor.ts'
import { recordAudit } from '../../platform/audit/index.ts'
import { isoOrNull } from '../../platform/clock.ts'
import type { Trx } from '../../platform/db/index.ts'
import { AppError } from '../../platform/errors.ts'
import { regionSpan } from '../../platform/region.ts'
import { dateOf, decodeCursor } from '../series/index.ts'
import {
  type AccountRow,
  type ApplicationRow,
  decideStored,
  insertApplication,
  insertEntry,
  lockApplication,
  type StoredNeed,
  selectApplication,
  selectApplications,
} from './allowance.repository.ts'
import { accountById, requireKilograms } from './allowance.service.ts'
import { iso } from './civil-time.ts'
import { defaultPage, pageOf } from './page.ts'
import type { PermitRoomDeps } from './permit-doors.ts'
import { writing } from './refusal-of-database.ts'

const presentApplication = (row: ApplicationRow): AllowanceApplication => ({
  id: row.id,
  projectCode: row.project_code,
  projectName: row.project_name,
  enterpriseId: row.enterprise_id,
  enterpriseName: row.enterprise_name,
  regionCode: row.region_code,
  regionName: row.region_name,
  failing: row.failing,
  needs: row.needs,
  state: row.state,
  appliedAt: iso(row.applied_at),
  appliedByName: row.applied_by_name ?? '',
  decidedAt: isoOrNull(row.decided_at),
  decidedByName: row.decided_by_name,
  reason: row.reason,
  sources: row.sources ?? [],
  version: row.version,
})

export async function listApplications(
  deps: PermitRoomDeps,
  actor: Actor,
  query: { limit?: number; cursor?: string; regionCode?: number; state?: ApplicationRow['state'] },
) {
  const { limit = defaultPage, cursor, regionCode, ...filter } = query
  const before = decodeCursor(cursor, ['number'])
  const rows = await deps.db.asActor(actor, (trx) =>
    selectApplications(trx, {
      ...filter,
      region: regionSpan(regionCode),
      beforeId: before?.[0],
      limit: limit + 1,
    }),
  )
  return pageOf(rows, limit, presentApplication, (row) => [row.id])
}

async function applicationById(trx: Trx, id: number): Promise<AllowanceApplication> {
  const row = await selectApplication(trx, id)
  if (row === undefined) throw new AppError('total.application-unknown', { detail: `没有指标申请 ${id}` })
  return presentApplication(row)
}

export async function createApplication(
  deps: PermitRoomDeps,
  actor: Actor,
  input: AllowanceApplicationInput,
): Promise<AllowanceApplication> {
  requirePermission(actor, 'total:write')
  const needs = input.increments.map(({ pollutant, tonnes: increment }): StoredNeed => {
    requireKilograms(increment)
    const { ratio, because } = substitutionRatio(pollutant, input.failing)
    const basis =
      because.length === 0
        ? '所在区域达标，等量替代'
        : `所在区域 ${because.join('、')} 未达标，${ratio} 倍量替代`
    const needed = roundHalfEven(increment * ratio, 3)
    return { pollutant, increment, ratio, needed, basis, status: substitutionRules.status }
  })
  return writing(deps, actor, async (trx) => {
    const values = { ...input, enterpriseId: input.enterpriseId ?? null, needs }
    const id = await insertApplication(trx, values, deps.clock.now(), actor.userId)
    const made = await applicationById(trx, id)
    await recordAudit(trx, actor, 'total.application-created', `allowance-application:${id}`, { ...input })
    return made
  })
}

interface Decision {
  readonly decision: 'approve' | 'refuse'
  readonly sources?: readonly { readonly accountId: number; readonly tonnes: number }[]
  readonly reason?: string
  readonly version: number
}

/**
 * Decides an application. Approval books the offsets in the same transaction: two approvals that draw on one account
 * follow each other, and the one that would overdraw it is refused (`total.balance-short`) and leaves nothing behind.
 */
export async function decideApplication(
  deps: PermitRoomDeps,
  actor: Actor,
  id: number,
  decision: Decision,
): Promise<AllowanceApplication> {
  requirePermission(actor, 'total:review')
  const decided = await writing(deps, actor, async (trx) => {
    const row = await lockApplication(trx, id)
    if (row === undefined) throw new AppError('total.application-unknown', { detail: `没有指标申请 ${id}` })
    if (row.state !== 'applied')
      throw new AppError('total.application-decided', { detail: `${row.project_name} 现为 ${row.state}` })
    if (row.version !== decision.version) {
      throw new AppError('request.changed-meanwhile', {
        detail: `所见版本 ${decision.version}，现为 ${row.version}`,
      })
    }
    if (row.applied_by === actor.userId)
      throw new AppError('total.own-work', { detail: `${row.project_name} 由您登记` })
    const now = deps.clock.now()
    if (decision.decision === 'approve') await takeSources(deps, trx, actor, row, decision.sources ?? [])
    else if ((decision.reason ?? '').trim().length < 2)
      throw new AppError('total.reason-missing', { detail: '不予批准须写明理由' })
    const state = decision.decision === 'approve' ? 'approved' : 'refused'
    await decideStored(trx, id, { state, reason: decision.reason ?? null }, now, actor.userId)
    const made = await applicationById(trx, id)
    await recordAudit(trx, actor, `total.application-${state}`, `allowance-application:${id}`, {
      sources: decision.sources ?? [],
    })
    return made
  })
  deps.events.publish('total', { application: id })
  return decided
}

async function takeSources(
  deps: PermitRoomDeps,
  trx: Trx,
  actor: Actor,
  row: ApplicationRow,
  sources: NonNullable<Decision['sources']>,
): Promise<void> {
  for (const { tonnes } of sources) requireKilograms(tonnes)
  const accounts = new Map<number, AccountRow>()
  for (const { accountId } of sources) accounts.set(accountId, await accountById(trx, accountId))
  const today = dateOf(deps.clock.now())
  const outcome = offsetOutcome({
    increments: row.needs.map(({ pollutant, increment }) => ({ pollutant, tonnes: increment })),
    failing: row.failing,
    region: controlArea(row.region_code),
    date: today,
    sources: sources.map(({ accountId, tonnes }) => {
      const account = accounts.get(accountId)
      return {
        id: account?.name ?? String(accountId),
        pollutant: account?.pollutant ?? '',
        tonnes,
        region: controlArea(account?.region_code ?? 0),
        executed: account !== undefined && account.valid_from <= today,
        ...(account?.valid_to == null ? {} : { validTo: account.valid_to }),
      }
    }),
  })
  if (!outcome.ok) throw new AppError('total.offset-short', { detail: outcome.detail ?? '' })
  const { rejected, needs, pass } = outcome.value
  const short = needs.filter((need) => !need.enough)
  if (!pass || rejected.length > 0) {
    const texts = [
      ...rejected.map((r) => `${r.id}：${r.reason}`),
      ...short.map((need) => `${need.pollutant} 需 ${need.needed} t，可用 ${need.offered} t`),
    ]
    throw new AppError('total.offset-short', { detail: texts.join('；') })
  }
  // Always in the order of accounts, so that two approvals never wait for each other.
  const ordered = [...sources].sort((a, b) => a.accountId - b.accountId)
  for (const { accountId, tonnes } of ordered) {
    await insertEntry(
      trx,
      {
        accountId,
        kind: 'offset',
        tonnes: -tonnes,
        claimId: null,
        applicationId: row.id,
        reference: `${row.project_code} ${row.project_name}`,
        regionCode: accounts.get(accountId)?.region_code ?? row.region_code,
      },
      deps.clock.now(),
      actor.userId,
    )
  }
}

/** Control area of a region: its city. Sources outside it do not count (环办环评〔2020〕36号). */
const controlArea = (regionCode: number): string => String(Math.floor(regionCode / 100) * 100)
