/** One lead an enterprise for everything of its permits that is overdue. */
import type { Trx } from '../../platform/db/index.ts'
import type { LeadTransition } from '../leads/index.ts'
import { midnightOf } from '../series/index.ts'
import { endOf } from './civil-time.ts'
import { lockSweep, selectObligations, setLead } from './obligation.repository.ts'
import type { ObligationRow } from './obligation.table.ts'
import type { PermitRoomDeps } from './permit-doors.ts'

const overdueRule = 'permit.obligation-overdue'
const named = 10

/** Raises, continues or calms the lead of an enterprise by what is overdue now. */
export async function refreshOverdueLead(
  deps: Pick<PermitRoomDeps, 'doors' | 'clock'>,
  trx: Trx,
  enterpriseId: number | null,
): Promise<LeadTransition> {
  if (enterpriseId === null) return 'none'
  // before the lock of the lead: the sweep takes them in this order too
  await lockSweep(trx)
  const now = deps.clock.now()
  const overdue = await selectObligations(trx, {
    enterpriseId,
    region: [null, null],
    state: 'overdue',
    limit: 1000,
  })
  const [first] = overdue
  const last = overdue.at(-1)
  if (first === undefined || last === undefined) {
    await deps.doors.calmLead(trx, enterpriseId, overdueRule, now)
    return 'none'
  }
  const { leadId, transition } = await deps.doors.raiseLead(
    trx,
    {
      ruleId: overdueRule,
      featureId: enterpriseId,
      enterpriseId,
      factor: null,
      regionCode: first.region_code,
      ownerId: first.owner_id,
      fromMs: midnightOf(first.due_on),
      toMs: endOf(last.due_on),
      score: overdue.some((row) => row.kind === 'report' || row.kind === 'renewal') ? 0.3 : 0.2,
      level: 'watch',
      statistic: { name: '逾期义务', value: overdue.length, unit: '项' },
      threshold: '许可证载明的期限届满而未完成',
      n: overdue.length,
      explanation: explanationOf(overdue),
      refutation: '补交执行报告、监测结果或台账凭证，或证明该项义务依法免除。',
      evidence: { hoursMs: [], msgs: [] },
    },
    now,
  )
  if (leadId > 0)
    await setLead(
      trx,
      overdue.map((row) => row.id),
      leadId,
    )
  return transition
}

function explanationOf(overdue: readonly ObligationRow[]): string {
  const titles = overdue.slice(0, named).map((row) => `${row.title}（${row.due_on} 到期）`)
  const rest = overdue.length > named ? `，另有 ${overdue.length - named} 项` : ''
  return `排污许可义务逾期 ${overdue.length} 项：${titles.join('；')}${rest}。`
}
