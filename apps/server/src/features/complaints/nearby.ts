/** Sources of pollution near the place of a complaint, and what is known against them: hints for the visit, no more. */
import { complaintSourceKm, type NearbySource } from '@shanshui/contract'
import type { Queryable } from '../../platform/db/index.ts'
import { openLeadsAt } from '../leads/index.ts'
import { listOutlets } from '../registry/index.ts'
import { dayMs } from '../series/index.ts'
import { readExceedances } from '../sources/index.ts'
import { metresBetween } from './similar-complaint.ts'

const shown = 8
const daysBefore = 7

/** Odour, waste gas and dust come from stacks; waste water from outfalls; other themes from either. */
function mediumOf(theme: string): 'air' | 'water' | undefined {
  if (theme === 'odour' || theme === 'waste-gas' || theme === 'dust') return 'air'
  return theme === 'waste-water' ? 'water' : undefined
}

function hintOf(km: number, leads: number, exceedances: number): string {
  const facts = [
    ...(leads > 0 ? [`有 ${leads} 条未结线索`] : []),
    ...(exceedances > 0 ? [`此前 ${daysBefore} 日超标 ${exceedances} 次`] : []),
  ]
  const said = facts.length === 0 ? '在线数据未见异常' : facts.join('，')
  return `直线距离 ${km.toFixed(1)} 公里，${said}；未计风向，须现场核实`
}

/** What speaks for a source first, then the nearest. */
export async function sourcesNear(
  q: Queryable,
  place: { readonly lon: number | null; readonly lat: number | null; readonly theme: string },
  atMs: number,
): Promise<NearbySource[]> {
  const { lon, lat } = place
  if (lon === null || lat === null) return []
  const medium = mediumOf(place.theme)
  const outlets = (await listOutlets(q, medium === undefined ? {} : { medium })).flatMap((outlet) => {
    const { lon: east, lat: north } = outlet
    if (east === null || north === null) return []
    const km = metresBetween({ lon, lat }, { lon: east, lat: north }) / 1000
    return km <= complaintSourceKm ? [{ outlet, km }] : []
  })
  const ids = outlets.map(({ outlet }) => outlet.id)
  if (ids.length === 0) return []
  const leads = await openLeadsAt(q, ids)
  const exceedances = await readExceedances(q, ids, atMs - daysBefore * dayMs, atMs)
  return outlets
    .map(({ outlet, km }): NearbySource => {
      const own = leads.filter(({ featureId }) => featureId === outlet.id)
      const times = exceedances.filter(({ outletId }) => outletId === outlet.id).length
      return {
        featureId: outlet.id,
        name: outlet.name,
        enterprise: { id: outlet.enterprise.id, name: outlet.enterprise.name },
        km: Math.round(km * 100) / 100,
        openLeads: own.map(({ id, ruleTitle, factorName, score }) => ({ id, ruleTitle, factorName, score })),
        exceedances: times,
        hint: hintOf(km, own.length, times),
      }
    })
    .sort(
      (a, b) =>
        Number(b.openLeads.length + b.exceedances > 0) - Number(a.openLeads.length + a.exceedances > 0) ||
        a.km - b.km,
    )
    .slice(0, shown)
}
