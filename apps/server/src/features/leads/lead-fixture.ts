/** For tests: a plant with an outlet, and drafts about it. */
import type { Database } from '../../platform/db/index.ts'
import { listOutlets, type Outlet } from '../registry/index.ts'
import type { LeadDraft } from './lead.table.ts'
import { levelOf } from './lead-score.ts'

export const hour = 3_600_000
/** 2026-08-21 00:00 in Beijing. */
export const day0 = Date.parse('2026-08-21T00:00:00+08:00')

export interface PlantSpec {
  readonly code: string
  readonly name: string
  readonly regionCode?: number
  readonly properties?: Record<string, unknown>
  readonly outlets?: readonly { readonly number: string; readonly properties?: Record<string, unknown> }[]
}

/** Straight into the table: the checks of the registry are not what is tested here. */
export async function insertPlant(
  db: Database,
  plant: PlantSpec,
): Promise<{ id: number; outlets: Outlet[] }> {
  const regionCode = plant.regionCode ?? 629001
  const enterprise = await insertFeature(db, 'enterprise', plant.code, plant.name, regionCode, {
    industry: 'C3216',
    industryName: '铝冶炼',
    sector: 'nonferrous',
    permitClass: 'key',
    autoMonitored: true,
    ...plant.properties,
  })
  for (const { number, properties } of plant.outlets ?? [{ number: 'DA001' }]) {
    await insertFeature(db, 'outlet', `${plant.code}-${number}`, `${plant.name}${number}`, regionCode, {
      enterpriseCode: plant.code,
      number,
      medium: number.startsWith('DA') ? 'air' : 'water',
      main: true,
      facility: 'boiler-coal',
      factors: number.startsWith('DA') ? ['a21026', 'a21002'] : ['w01018'],
      operator: '甲运维公司',
      ...properties,
    })
  }
  return { id: enterprise, outlets: await listOutlets(db.pool, { enterpriseId: enterprise }) }
}

export async function insertFeature(
  db: Database,
  kind: string,
  code: string,
  name: string,
  regionCode: number,
  properties: Record<string, unknown>,
): Promise<number> {
  const { rows } = await db.pool.query<{ id: number }>(
    `insert into feature (kind, code, name, region_code, owner_id, properties) values ($1, $2, $3, $4, 77, $5) returning id`,
    [kind, code, name, regionCode, JSON.stringify(properties)],
  )
  return rows[0]?.id ?? 0
}

export function draftAbout(
  outlet: Outlet,
  over: Partial<LeadDraft> & { hours?: [number, number] } = {},
): LeadDraft {
  const { hours = [10, 12], ...rest } = over
  const fromMs = day0 + hours[0] * hour
  const toMs = day0 + hours[1] * hour
  const score = rest.score ?? 0.5
  return {
    ruleId: 'exceedance.begins',
    featureId: outlet.id,
    enterpriseId: outlet.enterprise.id,
    factor: 'a21026',
    regionCode: outlet.regionCode,
    ownerId: outlet.ownerId,
    operator: outlet.operator,
    fromMs,
    toMs,
    score,
    level: levelOf(score),
    statistic: { name: '最大超标倍数', value: 0.2 },
    threshold: '限值 50 mg/m³',
    n: 2,
    explanation: '二氧化硫超标',
    refutation: '已标记则撤回',
    evidence: { hoursMs: [fromMs], msgs: ['65536'] },
    ...rest,
  }
}
