import type { AirRanking } from '@shanshui/contract'
import type { Actor } from '../../platform/actor.ts'
import { AppError } from '../../platform/errors.ts'
import { presentRanking } from './air-ranking.ts'
import { type AirDeps, type BasisQuery, cityScope, yearPeriod } from './air-scope.ts'
import { openAirPage } from './air-year.ts'
import { type Days, lastWholeDay } from './load-day-table.ts'

/** Ranking of a year or of a month. `period`: 2022 or 2022-07; by default the running year. */
export async function airRankingOf(
  deps: AirDeps,
  actor: Actor,
  cityId: number,
  query: BasisQuery & { readonly period?: string | undefined },
): Promise<AirRanking> {
  const period = rankedPeriod(deps.clock.now(), query.period)
  const scope = await cityScope(deps, actor, cityId, period, query)
  const page = await openAirPage(deps, scope, [])
  return presentRanking(scope, page.rankSpan, page.data, page.engine, page.book)
}

function rankedPeriod(nowMs: number, period: string | undefined): Days {
  if (period === undefined || period.length === 4)
    return yearPeriod(nowMs, period === undefined ? undefined : Number(period))
  const month = Number(period.slice(5))
  if (month < 1 || month > 12) throw new AppError('air.period-invalid', { detail: `没有月份 ${period}` })
  const end = `${period}-${new Date(Date.UTC(Number(period.slice(0, 4)), month, 0)).getUTCDate()}`
  const last = lastWholeDay(nowMs)
  const to = end < last ? end : last
  if (to < `${period}-01`) throw new AppError('air.period-invalid', { detail: `${period} 还没有完整的一天` })
  return { from: `${period}-01`, to }
}
