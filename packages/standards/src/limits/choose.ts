import { conditionCount, conditionsMet } from './conditions.ts'
import { type EmissionEdition, emissionEditions } from './editions.ts'
import {
  decimalsOf,
  type EmissionLimit,
  type EmissionMedium,
  type LimitAveraging,
  type LimitConditions,
  type LimitStatus,
  type LimitVariant,
} from './emission-limit.ts'
import { type BoilerSize, facilityOf, isSmallBoiler } from './facilities.ts'
import { emissionLimits } from './tables/index.ts'

/** What has to be known of an outlet to choose its limit. */
export interface OutletFacts {
  readonly medium: EmissionMedium
  /** Key of `facilities`. */
  readonly facility: string
  /** Day of the EIA approval (环评批复), YYYY-MM-DD: divides existing from new. */
  readonly eiaApprovedOn?: string | null | undefined
  /** The province has ordered special limits for the area (with date); never inferred. */
  readonly special?: boolean | undefined
  /** The outlet is declared as ultra-low. */
  readonly ultraLow?: boolean | undefined
  readonly conditions?: LimitConditions | undefined
  readonly size?: BoilerSize | undefined
  /** Further units that share the flue and cannot be measured apart: the strictest limit holds (GB 13271 cl. 4.6). */
  readonly sharedWith?: readonly Omit<OutletFacts, 'medium' | 'sharedWith'>[] | undefined
}

/** A limit written in the discharge permit, or in the EIA approval. */
export interface DocumentLimit {
  readonly factor: string
  readonly value: number
  readonly min?: number | undefined
  readonly unit: string
  readonly averaging: LimitAveraging
  /** What the document itself cites. */
  readonly basis?: string | undefined
}

export type LimitLevel = 'permit' | 'local' | 'eia' | 'sector' | 'general'

export interface LimitCandidate {
  readonly level: LimitLevel
  readonly value: number
  readonly min: number | null
  readonly decimals: number
  readonly unit: string
  readonly averaging: LimitAveraging
  /** Standard and table, or the document. */
  readonly source: string
  readonly variant: LimitVariant | null
  readonly status: LimitStatus
  /** The row of the table it comes from. */
  readonly row: EmissionLimit | null
  /** Why this candidate stands here. */
  readonly because: string
}

export interface NoLimit {
  readonly ok: false
  /** `not-held`: a standard holds whose table is not among the data; `none`: no limit; `unknown-facility`. */
  readonly reason: 'not-held' | 'none' | 'unknown-facility'
  readonly standard: string | null
  readonly detail: string
  readonly candidates: readonly LimitCandidate[]
}

export interface ChosenLimit {
  readonly ok: true
  readonly limit: LimitCandidate
  readonly reason: string
  /** All that were looked at, the chosen one among them. */
  readonly candidates: readonly LimitCandidate[]
  /** Assumptions, amendments whose text is missing, contradictions: to be shown beside the limit. */
  readonly notes: readonly string[]
}

export type LimitChoice = ChosenLimit | NoLimit

/**
 * The limit of one factor of an outlet on a date (YYYY-MM-DD), with the reason and every candidate: permit value →
 * stricter local standard → EIA approval if stricter → sector standard → general standard. An existing source gets the
 * new table only from its own date; before it the predecessor holds, and where that is not among the data the answer is
 * `not-held`, never the new row. Special limits only where a province has ordered them, ultra-low only where declared.
 * `averaging` defaults to the hour for waste gas and pH, the day for waste water.
 */
export function chooseLimit(
  outlet: OutletFacts,
  factor: string,
  date: string,
  permitLimits: readonly DocumentLimit[] = [],
  localRows: readonly EmissionLimit[] = [],
  options: { readonly averaging?: LimitAveraging; readonly eiaLimits?: readonly DocumentLimit[] } = {},
): LimitChoice {
  const averaging = options.averaging ?? defaultAveraging(outlet.medium, factor)
  const national = nationalChoice(outlet, factor, date, averaging)
  const permit = documentCandidate(permitLimits, factor, averaging, 'permit')
  const local = localCandidate(localRows, outlet, factor, date, averaging)
  const eia = documentCandidate(options.eiaLimits ?? [], factor, averaging, 'eia')
  const candidates = [permit, local, eia, national.candidate, ...national.others].filter(
    (candidate) => candidate !== null,
  )
  if (permit !== null) {
    const notes = [...national.notes, ...permitNotes(permit, [local, eia, national.candidate])]
    return { ok: true, limit: permit, reason: `排污许可证载明限值，优先执行`, candidates, notes }
  }
  const chosen = strictestOf(local, eia, national.candidate)
  if (chosen === null) return { ok: false, ...national.refusal, candidates }
  return {
    ok: true,
    limit: chosen,
    reason: reasonOf(chosen, national.candidate),
    candidates,
    notes: national.notes,
  }
}

function defaultAveraging(medium: EmissionMedium, factor: string): LimitAveraging {
  return medium === 'air' || factor === 'w01001' ? 'hour' : 'day'
}

function documentCandidate(
  limits: readonly DocumentLimit[],
  factor: string,
  averaging: LimitAveraging,
  level: 'permit' | 'eia',
): LimitCandidate | null {
  const limit = limits.find((row) => row.factor === factor && row.averaging === averaging)
  if (limit === undefined) return null
  const name = level === 'permit' ? '排污许可证' : '环评批复'
  return {
    level,
    value: limit.value,
    min: limit.min ?? null,
    decimals: decimalsOf(limit.value),
    unit: limit.unit,
    averaging,
    source: limit.basis === undefined || limit.basis === '' ? name : `${name}（${limit.basis}）`,
    variant: null,
    status: 'primary',
    row: null,
    because: `${name}载明`,
  }
}

function localCandidate(
  rows: readonly EmissionLimit[],
  outlet: OutletFacts,
  factor: string,
  date: string,
  averaging: LimitAveraging,
): LimitCandidate | null {
  const row = bestRow(
    rows.filter((limit) => limit.medium === outlet.medium),
    { facility: outlet.facility, factor, averaging, date, conditions: outlet.conditions },
  )
  return row === undefined ? null : candidateOf(row, 'local', '地方标准')
}

interface NationalChoice {
  readonly candidate: LimitCandidate | null
  readonly others: readonly LimitCandidate[]
  readonly notes: readonly string[]
  readonly refusal: { reason: NoLimit['reason']; standard: string | null; detail: string }
}

/** The strictest over the units of a shared flue; a unit whose table is not held leaves the others standing. */
function nationalChoice(
  outlet: OutletFacts,
  factor: string,
  date: string,
  averaging: LimitAveraging,
): NationalChoice {
  const { sharedWith = [], medium } = outlet
  const units = [outlet, ...sharedWith.map((unit) => ({ ...unit, medium }))]
  const choices = units.map((unit) => unitChoice(unit, factor, date, averaging))
  const first = choices[0] as NationalChoice
  if (choices.length === 1) return first
  const found = choices
    .flatMap(({ candidate, others }) => [candidate, ...others])
    .filter((one) => one !== null)
  const chosen = strictestOf(...choices.map(({ candidate }) => candidate))
  const refused = choices.find(({ candidate }) => candidate === null)?.refusal ?? first.refusal
  return {
    candidate: chosen === null ? null : { ...chosen, because: `${chosen.because}；混合排放执行最严限值` },
    others: found.filter((one) => one !== chosen),
    notes: [...new Set(choices.flatMap(({ notes }) => notes))],
    refusal: refused,
  }
}

function unitChoice(
  unit: OutletFacts,
  factor: string,
  date: string,
  averaging: LimitAveraging,
): NationalChoice {
  const facility = facilityOf(unit.facility)
  const ultraLow = unit.ultraLow === true ? ultraLowCandidate(unit, factor, date, averaging) : null
  const own =
    facility === undefined
      ? UNKNOWN(unit.facility)
      : sectorChoice(unit, facility.standards, factor, date, averaging)
  if (ultraLow === null) return own
  return { ...own, candidate: ultraLow, others: own.candidate === null ? [] : [own.candidate] }
}

const UNKNOWN = (facility: string): NationalChoice =>
  nothing('unknown-facility', null, `设施类型“${facility}”不在限值表中，请在排放口档案中选择设施类型`)

function nothing(reason: NoLimit['reason'], standard: string | null, detail: string): NationalChoice {
  return { candidate: null, others: [], notes: [], refusal: { reason, standard, detail } }
}

function ultraLowCandidate(
  unit: OutletFacts,
  factor: string,
  date: string,
  averaging: LimitAveraging,
): LimitCandidate | null {
  const row = bestRow(ultraLowRows, {
    facility: unit.facility,
    factor,
    averaging,
    date,
    conditions: unit.conditions,
  })
  return row === undefined ? null : candidateOf(row, 'sector', '排放口已声明执行超低排放')
}

/** The first family that already holds decides; that it has no row for the factor does not open the general standard. */
function sectorChoice(
  unit: OutletFacts,
  families: readonly string[],
  factor: string,
  date: string,
  averaging: LimitAveraging,
): NationalChoice {
  let tooEarly: EmissionEdition | undefined
  for (const family of families) {
    const held = governingEdition(family, unit, date)
    if (held === undefined) {
      tooEarly ??= emissionEditions.find((edition) => edition.family === family)
      continue
    }
    return editionChoice(held, unit, factor, date, averaging)
  }
  if (tooEarly === undefined)
    return nothing('none', null, '该设施类型没有录入国家排放标准，按许可证或地方标准判定')
  const before = tooEarly.predecessor ?? '前一标准'
  return nothing(
    'not-held',
    before,
    `${date}时该源执行${before}，该标准的限值表未录入，不以${tooEarly.standard}代替`,
  )
}

/** The newest edition of the family that holds for this unit on this date. */
export function governingEdition(
  family: string,
  unit: Pick<OutletFacts, 'eiaApprovedOn' | 'size'>,
  date: string,
): EmissionEdition | undefined {
  const editions = emissionEditions.filter((edition) => edition.family === family)
  return editions.toReversed().find((edition) => date >= startFor(edition, unit))
}

function startFor(edition: EmissionEdition, unit: Pick<OutletFacts, 'eiaApprovedOn' | 'size'>): string {
  if (!isExisting(edition, unit.eiaApprovedOn)) return edition.from
  if (edition.transitionFrom !== undefined) return edition.transitionFrom
  const small = unit.size !== undefined && isSmallBoiler(unit.size)
  return small && edition.existingSmallFrom !== undefined ? edition.existingSmallFrom : edition.existingFrom
}

const YOUNG = '2000-01-01'

/** Not known when approved: taken as existing under a standard of this century, as new under one from before it. */
function isExisting(edition: EmissionEdition, approvedOn: string | null | undefined): boolean {
  if (approvedOn === undefined || approvedOn === null || approvedOn === '') return edition.from >= YOUNG
  return approvedOn < edition.from
}

function editionChoice(
  edition: EmissionEdition,
  unit: OutletFacts,
  factor: string,
  date: string,
  averaging: LimitAveraging,
): NationalChoice {
  const { standard, level, amendment } = edition
  if (!edition.held) return nothing('not-held', standard, `${date}执行${standard}，该标准的限值表未录入`)
  const query = { facility: unit.facility, factor, averaging, date, conditions: unit.conditions }
  const rows = rowsOf.get(standard) ?? []
  const existing = isExisting(edition, unit.eiaApprovedOn)
  const forNew = bestRow(rows.filter(isVariant('new')), query)
  const normal = (existing ? bestRow(rows.filter(isVariant('existing')), query) : undefined) ?? forNew
  const special = unit.special === true ? bestRow(rows.filter(isVariant('special')), query) : undefined
  const row = special ?? normal
  if (row === undefined) {
    const depends = rows.some((one) => answers(one, query))
    const why = depends
      ? `${standard}的此项限值因功能区类别、行业类别等而异，排放口档案没有相应信息`
      : `${standard}对该设施没有此项限值`
    return nothing('none', standard, why)
  }
  const others =
    special !== undefined && normal !== undefined ? [candidateOf(normal, level, '一般地区限值')] : []
  return {
    candidate: candidateOf(row, level, becauseOf(row, existing, unit, row === forNew)),
    others,
    notes: notesOf(row, unit, amendment, date, row === forNew),
    refusal: { reason: 'none', standard, detail: '' },
  }
}

const rowsOf = Map.groupBy(emissionLimits, ({ standard }) => standard)
const ultraLowRows = emissionLimits.filter(({ variant }) => variant === 'ultra-low')

const isVariant = (variant: LimitVariant) => (row: EmissionLimit) => row.variant === variant

function becauseOf(row: EmissionLimit, existing: boolean, unit: OutletFacts, asNew: boolean): string {
  if (row.variant === 'special') return '省级政府规定执行特别排放限值'
  const approved = unit.eiaApprovedOn ?? ''
  const kind = existing ? '现有源' : '新建源'
  if (approved !== '') return `环评批复${approved}，按${kind}`
  return existing && asNew ? '现有源与新建源限值相同' : `环评批复日期未登记，按${kind}`
}

function notesOf(
  row: EmissionLimit,
  unit: OutletFacts,
  amendment: EmissionEdition['amendment'],
  date: string,
  asNew: boolean,
): readonly string[] {
  const notes: string[] = []
  // Where both have the same row, when the plant was approved changes nothing.
  const divided = row.variant !== 'special' && !asNew
  if (divided && (unit.eiaApprovedOn ?? '') === '') notes.push('环评批复日期未登记，现有与新建的划分待核实')
  if (amendment !== undefined && date >= amendment.from) notes.push(`${row.standard}：${amendment.text}`)
  if (row.note !== undefined) notes.push(row.note)
  return notes
}

interface RowQuery {
  readonly facility: string
  readonly factor: string
  readonly averaging: LimitAveraging
  readonly date: string
  readonly conditions: LimitConditions | undefined
}

/** Whether a row is about this facility, factor, averaging and date, whatever its conditions. */
function answers(row: EmissionLimit, { facility, factor, averaging, date }: RowQuery): boolean {
  if (row.factor !== factor || row.averaging !== averaging || !row.scopes.includes(facility)) return false
  return date >= row.from && (row.to === undefined || date <= row.to)
}

/** The row whose conditions are all met; of several the one that says most. */
function bestRow(rows: readonly EmissionLimit[], query: RowQuery): EmissionLimit | undefined {
  let best: EmissionLimit | undefined
  for (const row of rows) {
    if (!answers(row, query) || !conditionsMet(row.when, query.conditions)) continue
    if (best === undefined || conditionCount(row.when) > conditionCount(best.when)) best = row
  }
  return best
}

function candidateOf(row: EmissionLimit, level: LimitLevel, because: string): LimitCandidate {
  return {
    level,
    value: row.value,
    min: row.min ?? null,
    decimals: row.decimals,
    unit: row.unit,
    averaging: row.averaging,
    source: `${row.standard} ${row.table}`,
    variant: row.variant,
    status: row.status,
    row,
    because,
  }
}

/** The first of the lowest values, so that at a tie the earlier level is named. */
function strictestOf(...candidates: readonly (LimitCandidate | null)[]): LimitCandidate | null {
  let strictest: LimitCandidate | null = null
  for (const candidate of candidates) {
    if (candidate === null) continue
    if (strictest === null || candidate.value < strictest.value) strictest = candidate
  }
  return strictest
}

function reasonOf(chosen: LimitCandidate, national: LimitCandidate | null): string {
  if (chosen.level === 'local')
    return national === null || national.level === 'local' ? '地方标准' : '地方标准严于国家标准'
  if (chosen.level === 'eia') return '环评批复严于排放标准'
  const kind = chosen.level === 'sector' ? '行业标准' : '综合标准'
  return `${kind}${chosen.source}：${chosen.because}`
}

/** A permit that allows more than a standard is carried out as written and pointed out. */
function permitNotes(permit: LimitCandidate, others: readonly (LimitCandidate | null)[]): readonly string[] {
  return others.flatMap((other) =>
    other === null || other.unit !== permit.unit || permit.value <= other.value
      ? []
      : [`许可证限值${permit.value}宽于${other.source}的${other.value}，应核对许可证`],
  )
}
