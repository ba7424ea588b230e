/** Exceedances added up by enterprise, park, county and operator company. */
import type { ExceedanceSummary } from '@shanshui/contract'
import type { Actor } from '../../platform/actor.ts'
import type { Deps } from '../../platform/deps.ts'
import { listOutlets, listPoints, type Outlet, regionNames } from '../registry/index.ts'
import { dateOf, dayMs } from '../series/index.ts'
import { exceedanceSums, type OutletSum } from './exceedance-sum.repository.ts'
import { rangeOf } from './source-range.ts'

type ViewDeps = Pick<Deps, 'db'>

/** Sums over a period by enterprise, park, county or operator company. */
export async function summarizeExceedances(
  deps: ViewDeps,
  actor: Actor,
  query: { from: string; to: string; by: 'enterprise' | 'park' | 'county' | 'operator' },
): Promise<ExceedanceSummary> {
  const { fromMs, toMs } = rangeOf(query.from, query.to, 3 * 366)
  return deps.db.asActor(actor, async (trx) => {
    const sums = await exceedanceSums(trx, fromMs, toMs, dateOf(fromMs), dateOf(toMs - dayMs / 2))
    const outlets = await listOutlets(trx, { ids: sums.map((sum) => sum.outlet_id) })
    const byId = new Map(outlets.map((outlet) => [outlet.id, outlet]))
    const parks = new Map((await listPoints(trx, { kind: 'park' })).map((park) => [park.code, park.name]))
    const regions = await regionNames(trx)
    const keyOf = (outlet: Outlet): [string, string] => {
      if (query.by === 'enterprise') return [String(outlet.enterprise.id), outlet.enterprise.name]
      if (query.by === 'operator') return [outlet.operator ?? '', outlet.operator ?? '未登记运维单位']
      if (query.by === 'county') {
        return [String(outlet.regionCode), regions.get(outlet.regionCode) ?? String(outlet.regionCode)]
      }
      const code = String(outlet.enterprise.properties.parkCode ?? '')
      return [code, code === '' ? '园区外' : (parks.get(code) ?? code)]
    }
    const groups = new Map<string, { name: string; sums: OutletSum[] }>()
    for (const sum of sums) {
      const outlet = byId.get(sum.outlet_id)
      if (outlet === undefined) continue
      const [key, name] = keyOf(outlet)
      const group = groups.get(key) ?? { name, sums: [] }
      groups.set(key, group)
      group.sums.push(sum)
    }
    const items = [...groups].map(([key, group]) => ({ key, name: group.name, ...totalOf(group.sums) }))
    return { items: items.sort((a, b) => b.days - a.days || b.hours - a.hours) }
  })
}

function totalOf(sums: readonly OutletSum[]): Omit<ExceedanceSummary['items'][number], 'key' | 'name'> {
  const add = (pick: (sum: OutletSum) => number) => sums.reduce((total, sum) => total + pick(sum), 0)
  return {
    outlets: sums.length,
    events: add((sum) => sum.events),
    hours: add((sum) => sum.hours),
    days: add((sum) => sum.days),
    maxMultiple: Math.max(...sums.map((sum) => sum.max_multiple)),
    confirmed: add((sum) => sum.confirmed),
    factors: [...new Set(sums.flatMap((sum) => sum.factors))].sort(),
  }
}
