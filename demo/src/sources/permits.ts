import type { PermitLimit, PermitOutlet, PermitProperties } from '@shanshui/contract'
import { isoDate } from '../calendar.ts'
import { integer, stream } from '../chance.ts'
import { sectors } from '../process/index.ts'
import { permitNumber } from './codes.ts'
import type { DemoEnterprise, DemoOutlet } from './outlets.ts'

export interface DemoPermit {
  readonly number: string
  readonly enterprise: DemoEnterprise
  readonly document: PermitProperties
}

/** Names of the pollutants that tonnes are permitted for, by factor. */
export const tonnageOf: Readonly<Record<string, string>> = {
  a21026: 'SO2',
  a21002: 'NOx',
  a34013: 'PM',
  w01018: 'COD',
  w21003: 'NH3-N',
}
const PH = 'w01001'
const HOURS_A_YEAR = 8000
/** Permitted tonnes leave this much room above an honest year. */
const ROOM = 0.62
/** Daily limits of incinerators stand beside the hourly ones (GB 18485-2014). */
const incineratorDays: Readonly<Record<string, number>> = {
  a34013: 20,
  a21026: 80,
  a21002: 250,
  a21024: 50,
  a21005: 80,
}
/** Furnaces may be above their limits while they are started and stopped, for so many hours. */
const burns: ReadonlySet<string> = new Set(['power', 'sinter', 'cement-kiln'])
const exemptions = [
  { condition: '启炉', maxHours: 10 },
  { condition: '停炉', maxHours: 4 },
] as const
/** Whose permit contradicts itself: the sum of the outlets is not the plant's total, and a factor has no frequency. */
const SUM_WRONG = 'coking'
const FREQUENCY_MISSING = 'fine'
/** Whose permit ends soon. */
const ENDS_SOON = 'tomato'

/** Who has a login here keeps ledgers by the month: what is owed can be handed in. */
const keepsByMonth: ReadonlySet<string> = new Set(['smelter', 'sewage2', 'cement'])

/** Permits of all enterprises, as newly issued `today` (days since 1970) minus some weeks. */
export function demoPermits(
  seed: number,
  outlets: readonly DemoOutlet[],
  today: number,
  oldestDays: number,
): DemoPermit[] {
  const byEnterprise = Map.groupBy(outlets, (outlet) => outlet.enterprise)
  return [...byEnterprise].map(([enterprise, own]) => {
    const back = oldestDays - 1 - integer(stream(seed, `issued ${enterprise.key}`), 0, 2)
    return {
      number: permitNumber(enterprise.code, seed),
      enterprise,
      document: permitOf(enterprise, own, today - Math.max(1, back)),
    }
  })
}

function permitOf(
  enterprise: DemoEnterprise,
  outlets: readonly DemoOutlet[],
  issued: number,
): PermitProperties {
  const rows = outlets.map(outletRow)
  const key = enterprise.permitClass === 'key'
  return {
    creditCode: enterprise.code,
    issuedOn: isoDate(issued),
    expiresOn: isoDate(enterprise.key === ENDS_SOON ? issued + 100 : issued + 5 * 365),
    authority: '祁川市生态环境局',
    management: enterprise.permitClass,
    outlets: rows,
    totals: totalsOf(rows, enterprise.key === SUM_WRONG ? 0.9 : 1),
    selfMonitoring: outlets.flatMap((outlet) => monitoringOf(outlet)),
    reports: key
      ? [
          { period: 'month', dueDays: 15 },
          { period: 'year', dueOn: '01-31' },
        ]
      : [
          { period: 'quarter', dueDays: 15 },
          { period: 'year', dueOn: '01-31' },
        ],
    ledgers: [
      {
        content: '生产设施与污染防治设施运行台账',
        frequency: keepsByMonth.has(enterprise.key) ? 'month' : 'year',
      },
    ],
    ...(enterprise.sector === 'cement' && {
      specialPeriods: [{ name: '冬季错峰生产', from: '2026-11-15', to: '2027-03-15', banned: ['1 号窑'] }],
    }),
  }
}

function outletRow({ cast, factors, medium }: DemoOutlet): PermitOutlet {
  const { number, name, facility, referenceO2 } = cast
  const main = cast.main === true
  const limits = factors.flatMap(({ factor, unit, limit, basis }): PermitLimit[] => {
    const averaging = medium === 'water' && factor !== PH ? 'day' : 'hour'
    const row: PermitLimit = { factor, value: limit, unit, averaging, basis }
    if (factor === PH) return [{ ...row, min: 6, averaging: 'instant' }]
    const ofDay = cast.facility === 'waste-incinerator' ? incineratorDays[factor] : undefined
    return ofDay === undefined ? [row] : [row, { ...row, value: ofDay, averaging: 'day' }]
  })
  return {
    number,
    name,
    medium,
    main,
    facility,
    ...(medium === 'water' && { direct: cast.direct === true }),
    ...(referenceO2 !== undefined && { referenceO2 }),
    limits,
    annualTonnes: main ? tonnesOf(cast, factors) : [],
    ...(main && burns.has(cast.process) && { exemptions: [...exemptions] }),
  }
}

function tonnesOf(cast: DemoOutlet['cast'], factors: DemoOutlet['factors']) {
  const flow = sectors[cast.process].fullFlow * (cast.size ?? 1)
  const grams = sectors[cast.process].medium === 'air' ? 1e-9 : 1e-6
  return factors.flatMap(({ factor, limit }) => {
    const pollutant = tonnageOf[factor]
    return pollutant === undefined
      ? []
      : [{ pollutant, tonnes: tidy(limit * flow * grams * HOURS_A_YEAR * ROOM) }]
  })
}

function totalsOf(rows: readonly PermitOutlet[], share: number) {
  const sums = new Map<string, number>()
  for (const { annualTonnes } of rows)
    for (const { pollutant, tonnes } of annualTonnes) sums.set(pollutant, (sums.get(pollutant) ?? 0) + tonnes)
  return [...sums].map(([pollutant, tonnes]) => ({ pollutant, tonnes: tidy(tonnes * share) }))
}

function monitoringOf({ cast, factors, enterprise }: DemoOutlet): PermitProperties['selfMonitoring'] {
  return factors.flatMap(({ factor }) => {
    if (enterprise.key === FREQUENCY_MISSING && cast.number === 'DA001' && factor === 'a21002') return []
    return [{ outletNumber: cast.number, factor, method: 'auto' as const, frequency: 'continuous' as const }]
  })
}

const tidy = (tonnes: number): number => Math.round(tonnes * 1000) / 1000
