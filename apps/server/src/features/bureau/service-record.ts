/** The bureau's record of service: how fast it answers, what is overdue, how much rests on each person. */
import type { ServiceRecord, ServiceRow } from '@shanshui/contract'
import { workflows } from '@shanshui/workflow'
import type { Actor } from '../../platform/actor.ts'
import { AppError } from '../../platform/errors.ts'
import { dayMs, midnightOf } from '../series/index.ts'
import {
  countLeads,
  countService,
  type ServiceCount,
  type ServiceGroup,
} from './service-record.repository.ts'
import type { BureauDeps } from './training.service.ts'

/** Part of a whole; no percentage of nothing. */
const rate = (part: number, whole: number) => ({
  part,
  whole,
  percent: whole === 0 ? null : Math.round((1000 * part) / whole) / 10,
})
const oneDecimal = (value: number | null) => (value === null ? null : Math.round(value * 10) / 10)

function rowOf(count: ServiceCount, title: string): ServiceRow {
  return {
    key: count.key,
    title,
    opened: count.opened,
    closed: count.closed,
    open: count.open,
    overdue: count.overdue,
    onTime: rate(count.clocks_on_time, count.clocks),
    firstStepDays: oneDecimal(count.first_step_days),
    closingDays: oneDecimal(count.closing_days),
    rebounds: count.rebounds,
    people: count.people,
    loadPerPerson: count.people === 0 ? null : oneDecimal(count.open / count.people),
  }
}

const nothing: ServiceCount = {
  key: '',
  title: null,
  opened: 0,
  closed: 0,
  open: 0,
  overdue: 0,
  clocks: 0,
  clocks_on_time: 0,
  first_step_days: null,
  closing_days: null,
  rebounds: 0,
  people: 0,
}

/** Errors: `request.invalid` when the span ends before it begins. */
export async function serviceRecord(
  deps: BureauDeps,
  actor: Actor,
  query: { from: string; to: string; by?: ServiceGroup; regionCode?: number },
): Promise<ServiceRecord> {
  const { from, to, by = 'organization', regionCode } = query
  if (to < from) throw new AppError('request.invalid', { detail: `截止日期 ${to} 早于开始日期 ${from}` })
  const span = { fromMs: midnightOf(from), toMs: midnightOf(to) + dayMs, regionCode }
  return deps.db.asActor(actor, async (trx) => {
    const [total = nothing] = await countService(trx, span, 'all')
    const rows = await countService(trx, span, by)
    const leads = await countLeads(trx, span)
    const titleOf = (count: ServiceCount) =>
      by === 'workflow'
        ? (workflows.find(({ id }) => id === count.key)?.title.zh ?? count.key)
        : (count.title ?? count.key)
    return {
      from,
      to,
      by,
      total: rowOf(total, '合计'),
      rows: rows.map((count) => rowOf(count, titleOf(count))),
      leads: {
        raised: leads.raised,
        acknowledgedOnTime: rate(leads.acknowledged_on_time, leads.raised),
        decidedDays: oneDecimal(leads.decided_days),
      },
    }
  })
}
