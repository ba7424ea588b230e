/** Share of the month's valid hours that meet the ultra-low value (超低排放达标时数比例). */

import type { UltraLowShare } from '@shanshui/contract'
import { chooseLimit, ultraLowShare, ultraLowTarget } from '@shanshui/standards'
import type { Static } from 'typebox'
import type { Actor } from '../../platform/actor.ts'
import type { Deps } from '../../platform/deps.ts'
import { AppError } from '../../platform/errors.ts'
import { midnightOf, nextStart } from '../series/index.ts'
import { readOutletHours } from './outlet-hours.ts'
import { outletsSeen } from './source.policy.ts'

type Item = Static<typeof UltraLowShare>

export async function listUltraLow(
  deps: Pick<Deps, 'db'>,
  actor: Actor,
  query: { month: string; enterpriseId?: number },
): Promise<{ items: Item[] }> {
  const fromMs = midnightOf(`${query.month}-01`)
  if (Number.isNaN(fromMs)) throw new AppError('source.range-invalid', { detail: `月份“${query.month}”` })
  return deps.db.asActor(actor, async (trx) => {
    const { enterpriseId } = query
    const outlets = (await outletsSeen(trx, { enterpriseId })).filter((outlet) => outlet.ultraLow)
    const ids = outlets.map((outlet) => outlet.id)
    const hours = await readOutletHours(trx, ids, fromMs, nextStart('month', fromMs))
    const items: Item[] = []
    for (const one of hours) {
      const outlet = outlets.find(({ id }) => id === one.outletId)
      if (outlet === undefined) continue
      const facts = { medium: outlet.medium, facility: outlet.facility, ultraLow: true }
      const choice = chooseLimit(facts, one.factor, `${query.month}-01`)
      if (!choice.ok || choice.limit.variant !== 'ultra-low') continue
      const { value, decimals, source } = choice.limit
      const result = ultraLowShare(one.converted, one.state, value, decimals)
      items.push({
        outletId: outlet.id,
        outletName: outlet.name,
        enterprise: { id: outlet.enterprise.id, name: outlet.enterprise.name },
        factor: one.factor,
        ultraLowLimit: value,
        validHours: result.validHours,
        metHours: result.meetingHours,
        share: Number.isNaN(result.share) ? null : result.share,
        required: ultraLowTarget.value,
        met: result.validHours === 0 ? null : result.met,
        source: `${source}；${ultraLowTarget.source}`,
        status: ultraLowTarget.status,
      })
    }
    return { items }
  })
}
