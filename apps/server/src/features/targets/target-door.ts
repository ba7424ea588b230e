import type { AirBudget, AirOverview } from '@shanshui/contract'
import { airItemInfo, airItems, roundHalfEven } from '@shanshui/standards'
import type { Actor } from '../../platform/actor.ts'
import { type Days, dateOf, dayNumber, loadDayTable, type TargetDoor } from '../evaluation/index.ts'
import { selectTargets } from './target.repository.ts'
import { evaluateTargets, type TargetDeps } from './target.service.ts'

/** What the pages of air show of targets. */
export function targetDoor(deps: TargetDeps): TargetDoor {
  const ofYear = async (actor: Actor, cityId: number, asOf: Days) => {
    const filter = { year: Number(asOf.from.slice(0, 4)), subject: cityId }
    const rows = await deps.db.asActor(actor, (trx) => selectTargets(trx, filter))
    return rows.length === 0 ? [] : evaluateTargets(deps, rows, asOf)
  }
  return {
    async budgets(actor, cityId, asOf): Promise<AirBudget[]> {
      return (await ofYear(actor, cityId, asOf)).flatMap((t) =>
        t.evaluation.budget === null ? [] : [t.evaluation.budget],
      )
    },
    async overview(actor, cityId, asOf): Promise<AirOverview['targets']> {
      const targets = (await ofYear(actor, cityId, asOf)).slice(0, 6)
      if (targets.length === 0) return []
      const spark = await sparks(deps, cityId, asOf.to)
      return targets.map(({ id, title, indicator, reach, unit, comparison, evaluation }) => {
        const { current, status, distance, whatItTakes } = evaluation
        return {
          id,
          title,
          indicator,
          current,
          reach,
          unit,
          comparison,
          status,
          distance,
          whatItTakes,
          spark: spark(indicator),
        }
      })
    },
  }
}

const sparkDays = 30

/** The last thirty daily values of the item in an indicator's name; nothing where it names none. */
async function sparks(
  deps: TargetDeps,
  cityId: number,
  to: string,
): Promise<(indicator: string) => (number | null)[]> {
  const table = await loadDayTable(deps.db.pool, cityId, { from: dateOf(dayNumber(to) - sparkDays + 1), to })
  return (indicator) => {
    const item = airItems.find((i) => indicator.endsWith(`.${i}`))
    if (item === undefined) return []
    return [...table.measured[item]].map((v) =>
      Number.isNaN(v) ? null : roundHalfEven(v, airItemInfo[item].decimals),
    )
  }
}
