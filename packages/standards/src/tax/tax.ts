/** Environmental protection tax (环境保护税) of one outlet. */
import { type Configurable, type Evaluation, type Finding, refusal, success } from '../clause.ts'
import { taxLawAt } from '../permit/clauses.ts'
import { type Equivalent, equivalentClause, equivalentOf, type TaxClass } from './equivalents.ts'

export const topClause = taxLawAt('第九条')
export const reductionClause = taxLawAt('第十三条')

/** How many pollutants of an outlet are taxed, by class. */
export const taxedPerOutlet: Readonly<Record<TaxClass, number>> = {
  air: 3,
  'water-first': 5,
  'water-second': 3,
}

/** Yuan an equivalent; set by the province within the range of the law. */
export const taxRates: Configurable<Readonly<Record<'air' | 'water', number>>> = {
  value: { air: 1.2, water: 1.4 },
  source: '甘肃省应税大气、水污染物适用税额（待核实）',
  status: 'unverified',
}

export interface TaxItem {
  readonly pollutant: string
  readonly kg: number
  /** Mean concentration in percent of the limit; absent: no reduction. */
  readonly percentOfLimit?: number | undefined
  /** An hourly (air) or daily (water) mean of the month was over the limit. */
  readonly overLimit?: boolean | undefined
}
export interface TaxLine {
  readonly pollutant: string
  readonly taxable: boolean
  readonly equivalents: number | null
  readonly counted: boolean
  readonly share: number
  readonly tax: number
}
export interface OutletTax {
  readonly lines: readonly TaxLine[]
  /** Equivalents of the counted pollutants. */
  readonly equivalents: number
  readonly tax: number
}

/** Share of the tax that is levied: 75 % below 70 % of the limit, 50 % below half of it; none after an hour or day over it. */
export function taxShare({
  percentOfLimit,
  overLimit,
}: Pick<TaxItem, 'percentOfLimit' | 'overLimit'>): number {
  if (percentOfLimit === undefined || overLimit === true) return 1
  if (percentOfLimit < 50) return 0.5
  return percentOfLimit < 70 ? 0.75 : 1
}

/** Tax of the pollutants of one outlet in one month. `rate` yuan an equivalent. */
export function outletTax(
  medium: 'air' | 'water',
  items: readonly TaxItem[],
  rate: number = taxRates.value[medium],
): Evaluation<OutletTax> {
  if (items.length === 0) return refusal('insufficient-data', equivalentClause, { missing: ['items'] })
  const known = items.map((item) => ({ item, row: equivalentOf(medium, item.pollutant) }))
  const units = known.map(({ item, row }) => (row === undefined ? Number.NaN : item.kg / row.kg))
  const counted = countedOf(
    known.map(({ row }) => row),
    units,
  )
  const trace: Finding[] = []
  const lines = known.map(({ item, row }, index): TaxLine => {
    const { pollutant, kg } = item
    const equivalents = units[index] ?? Number.NaN
    if (row === undefined)
      return { pollutant, taxable: false, equivalents: null, counted: false, share: 0, tax: 0 }
    const share = taxShare(item)
    const isCounted = counted.has(index)
    const tax = isCounted ? equivalents * rate * share : 0
    trace.push({
      rule: row.zh,
      input: { kg, percentOfLimit: item.percentOfLimit ?? null, overLimit: item.overLimit ?? false },
      result: tax,
      clause: isCounted && share < 1 ? reductionClause : isCounted ? equivalentClause : topClause,
      formula: isCounted
        ? `${kg}/${row.kg} = ${equivalents.toFixed(2)}；×${rate}×${share}`
        : `${kg}/${row.kg} = ${equivalents.toFixed(2)}；未进入前 ${taxedPerOutlet[row.taxClass]} 项`,
    })
    return { pollutant, taxable: true, equivalents, counted: isCounted, share, tax }
  })
  const chosen = lines.filter((line) => line.counted)
  const sum = (pick: (line: TaxLine) => number) => chosen.reduce((total, line) => total + pick(line), 0)
  return success({ lines, equivalents: sum((l) => l.equivalents ?? 0), tax: sum((l) => l.tax) }, trace)
}

/** The largest of each class; of COD, BOD5 and TOC only the largest one. */
function countedOf(rows: readonly (Equivalent | undefined)[], units: readonly number[]): ReadonlySet<number> {
  const left = new Map<TaxClass, number>(Object.entries(taxedPerOutlet) as [TaxClass, number][])
  const groups = new Set<string>()
  const chosen = new Set<number>()
  const order = [...rows.keys()].sort((a, b) => (units[b] ?? 0) - (units[a] ?? 0) || a - b)
  for (const index of order) {
    const row = rows[index]
    const free = row === undefined ? 0 : (left.get(row.taxClass) ?? 0)
    if (row === undefined || free === 0) continue
    if (row.oneOf !== undefined && groups.has(row.oneOf)) continue
    if (row.oneOf !== undefined) groups.add(row.oneOf)
    left.set(row.taxClass, free - 1)
    chosen.add(index)
  }
  return chosen
}
