/** 举一反三: objects like one where something was found, with the reasons; weights are a platform design. */
import type { SimilarObject, similarityKinds } from '@shanshui/contract'
import type { Actor } from '../../platform/actor.ts'
import type { Trx } from '../../platform/db/index.ts'
import type { Deps } from '../../platform/deps.ts'
import {
  type Device,
  devicesOf,
  listEnterprises,
  listOutlets,
  type Outlet,
  type Point,
  regionNames,
} from '../registry/index.ts'
import { presentBrief } from './lead.present.ts'
import { confirmationsOf, leadsOfFeatures } from './lead.repository.ts'
import type { LeadRow } from './lead.table.ts'
import { visibleLead } from './visible-lead.ts'

export interface Likeness {
  readonly kind: (typeof similarityKinds)[number]
  readonly weight: number
  readonly text: string
}

/** What an object is compared by; empty strings and lists match nothing. */
export interface Traits {
  readonly industry: string
  readonly industryName: string
  readonly sector: string
  readonly facility: string
  readonly processes: readonly string[]
  readonly devices: readonly { readonly model: string; readonly manufacturer: string }[]
  readonly operators: readonly string[]
  readonly legalRepresentative: string
  readonly parkCode: string
}

const weights = {
  device: 0.4,
  manufacturer: 0.2,
  operator: 0.4,
  legalPerson: 0.5,
  sameIndustry: 0.3,
  nearIndustry: 0.15,
  facility: 0.3,
  process: 0.2,
  park: 0.1,
} as const

const common = (a: readonly string[], b: readonly string[]) => a.filter((x) => x !== '' && b.includes(x))

/** Reasons why `other` is like `one`. Industry by GB/T 4754: the same class (four digits) or division (two). */
export function likeness(one: Traits, other: Traits): Likeness[] {
  const found: Likeness[] = []
  const [model] = common(
    one.devices.map((d) => `${d.manufacturer} ${d.model}`),
    other.devices.map((d) => `${d.manufacturer} ${d.model}`),
  )
  const [maker] = common(
    one.devices.map((d) => d.manufacturer),
    other.devices.map((d) => d.manufacturer),
  )
  if (model !== undefined)
    found.push({ kind: 'device', weight: weights.device, text: `监测设备型号相同：${model}` })
  else if (maker !== undefined)
    found.push({ kind: 'device', weight: weights.manufacturer, text: `监测设备厂家相同：${maker}` })
  const [operator] = common(one.operators, other.operators)
  if (operator !== undefined)
    found.push({ kind: 'operator', weight: weights.operator, text: `运维单位相同：${operator}` })
  if (one.legalRepresentative !== '' && one.legalRepresentative === other.legalRepresentative)
    found.push({
      kind: 'legal-person',
      weight: weights.legalPerson,
      text: `法定代表人相同：${one.legalRepresentative}`,
    })
  if (one.industry !== '' && one.industry === other.industry)
    found.push({
      kind: 'industry',
      weight: weights.sameIndustry,
      text: `行业相同：${one.industryName}（${one.industry}）`,
    })
  else if (one.industry.length >= 3 && one.industry.slice(0, 3) === other.industry.slice(0, 3))
    found.push({
      kind: 'industry',
      weight: weights.nearIndustry,
      text: `行业大类相同：${one.industry.slice(0, 3)}`,
    })
  const shared = common(one.processes, other.processes)
  if (one.facility !== '' && one.facility === other.facility)
    found.push({ kind: 'process', weight: weights.facility, text: `设施类型相同：${one.facility}` })
  else if (shared.length > 0)
    found.push({ kind: 'process', weight: weights.process, text: `工艺相同：${shared.join('、')}` })
  if (one.parkCode !== '' && one.parkCode === other.parkCode)
    found.push({ kind: 'park', weight: weights.park, text: `同一园区：${one.parkCode}` })
  return found
}

const similarityOf = (reasons: readonly Likeness[]): number =>
  1 - reasons.reduce((none, reason) => none * (1 - reason.weight), 1)

const text = (value: unknown) => (typeof value === 'string' ? value : '')
const texts = (value: unknown) =>
  Array.isArray(value) ? value.filter((v): v is string => typeof v === 'string') : []

function traitsOf(enterprise: Point, outlets: readonly Outlet[], devices: readonly Device[]): Traits {
  const p = enterprise.properties
  const [outlet] = outlets
  return {
    industry: text(p.industry),
    industryName: text(p.industryName),
    sector: text(p.sector),
    facility: outlets.length === 1 && outlet !== undefined ? outlet.facility : '',
    processes: texts(p.processes),
    devices: devices.map(({ model, manufacturer }) => ({ model, manufacturer })),
    operators: [...new Set([...outlets.map((o) => o.operator ?? ''), ...devices.map((d) => d.operator)])],
    legalRepresentative: text(p.legalRepresentative),
    parkCode: text(p.parkCode),
  }
}

interface Candidate {
  readonly feature: Point
  readonly enterprise: Point
  readonly traits: Traits
}

/** Objects of the same kind: outlets beside outlets of the medium, enterprises beside enterprises. */
async function candidatesFor(
  trx: Trx,
  lead: Pick<LeadRow, 'feature_kind' | 'feature_id'>,
): Promise<Candidate[]> {
  const outlets = await listOutlets(trx)
  const devices = Map.groupBy(
    await devicesOf(
      trx,
      outlets.map((o) => o.id),
    ),
    (device) => device.outletId,
  )
  if (lead.feature_kind === 'outlet') {
    const medium = outlets.find((o) => o.id === lead.feature_id)?.medium
    return outlets
      .filter((o) => o.medium === medium)
      .map((o) => ({
        feature: o,
        enterprise: o.enterprise,
        traits: traitsOf(o.enterprise, [o], devices.get(o.id) ?? []),
      }))
  }
  const byPlant = Map.groupBy(outlets, (o) => o.enterprise.id)
  return (await listEnterprises(trx)).map((enterprise) => {
    const own = byPlant.get(enterprise.id) ?? []
    const ownDevices = own.flatMap((o) => devices.get(o.id) ?? [])
    return { feature: enterprise, enterprise, traits: traitsOf(enterprise, own, ownDevices) }
  })
}

export interface LikeEnterprise {
  readonly id: number
  readonly name: string
  readonly regionCode: number
  readonly similarity: number
  readonly reasons: readonly Likeness[]
}

/** Enterprises like one, the most similar first, as the caller sees them; for whoever looks for the same fault elsewhere. */
export async function enterprisesLike(
  trx: Trx,
  enterpriseId: number,
  limit: number,
): Promise<LikeEnterprise[]> {
  const candidates = await candidatesFor(trx, { feature_kind: 'enterprise', feature_id: enterpriseId })
  const own = candidates.find((c) => c.feature.id === enterpriseId)
  if (own === undefined) return []
  return candidates
    .filter((c) => c.feature.id !== enterpriseId)
    .map((c) => ({ ...c, reasons: likeness(own.traits, c.traits) }))
    .filter((c) => c.reasons.length > 0)
    .map(({ feature, reasons }) => ({
      id: feature.id,
      name: feature.name,
      regionCode: feature.regionCode,
      similarity: similarityOf(reasons),
      reasons: reasons.toSorted((a, b) => b.weight - a.weight),
    }))
    .sort((a, b) => b.similarity - a.similarity || a.id - b.id)
    .slice(0, limit)
}

const defaultLimit = 50

/** The most similar first; those with open leads before others of the same similarity. */
export async function similarObjects(
  deps: Pick<Deps, 'db'>,
  actor: Actor,
  leadId: number,
  limit = defaultLimit,
): Promise<SimilarObject[]> {
  return deps.db.asActor(actor, async (trx) => {
    const lead = await visibleLead(trx, leadId)
    const candidates = await candidatesFor(trx, lead)
    const own = candidates.find((c) => c.feature.id === lead.feature_id)
    if (own === undefined) return []
    const scored = candidates
      .filter((c) => c.feature.id !== lead.feature_id)
      .map((c) => ({ ...c, reasons: likeness(own.traits, c.traits) }))
      .filter((c) => c.reasons.length > 0)
      .map((c) => ({ ...c, similarity: similarityOf(c.reasons) }))
    const ids = scored.map((c) => c.feature.id)
    const open = Map.groupBy(await leadsOfFeatures(trx, ids), (row) => row.feature_id)
    const confirmed = await confirmationsOf(trx, ids, lead.rule_id)
    const regions = await regionNames(trx)
    return scored
      .sort(
        (a, b) =>
          b.similarity - a.similarity ||
          (open.get(b.feature.id)?.length ?? 0) - (open.get(a.feature.id)?.length ?? 0) ||
          a.feature.id - b.feature.id,
      )
      .slice(0, limit)
      .map((c) => ({
        feature: { id: c.feature.id, kind: c.feature.kind, code: c.feature.code, name: c.feature.name },
        enterprise: { id: c.enterprise.id, name: c.enterprise.name },
        regionCode: c.feature.regionCode,
        regionName: regions.get(c.feature.regionCode) ?? null,
        similarity: c.similarity,
        reasons: c.reasons.toSorted((a, b) => b.weight - a.weight),
        openLeads: (open.get(c.feature.id) ?? []).map(presentBrief),
        confirmedBefore: confirmed.get(c.feature.id) ?? 0,
      }))
  })
}
