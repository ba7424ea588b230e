import { type Clause, clauseOf } from '../clause.ts'

export const vocDutyClause: Clause = clauseOf({
  id: 'GB 37822-2019',
  title: '挥发性有机物无组织排放控制标准',
})('处理效率')
export const nozzleClause: Clause = clauseOf({ id: 'GB 20952-2020', title: '加油站大气污染物排放标准' })(
  '表4',
)
export const hospitalDutyClause: Clause = clauseOf({
  id: 'GB 18466-2005',
  title: '医疗机构水污染物排放标准',
})('表2、4.1.3')

/**
 * Removal of NMHC that has to be reached, %: 80 from an initial rate of 3 kg/h on, in a key region of 2 kg/h on; null =
 * none. Not for materials of low VOC content.
 */
export function nmhcRemovalDuty(initialKgPerHour: number, keyRegion: boolean, lowVoc = false): 80 | null {
  if (lowVoc) return null
  return initialKgPerHour >= (keyRegion ? 2 : 3) ? 80 : null
}

/** Nozzles to test of a station, and how many bad ones exceed. GB 20952-2020 table 4; a province may be stricter. */
export function nozzlePlan(nozzles: number): { readonly test: number; readonly exceedsFrom: number } {
  if (!(nozzles >= 1)) throw new RangeError(`加油枪数应不小于1，收到${nozzles}`)
  if (nozzles <= 6) return { test: nozzles, exceedsFrom: 1 }
  if (nozzles <= 10) return { test: 6, exceedsFrom: 1 }
  if (nozzles <= 15) return { test: 8, exceedsFrom: 2 }
  return nozzles <= 20 ? { test: 10, exceedsFrom: 2 } : { test: 12, exceedsFrom: 3 }
}

export interface NozzleTest {
  readonly bad: number
  readonly exceeds: boolean
  /** Whether as many were tested as the table asks for. */
  readonly enough: boolean
}

const RATIO_LOW = 1
const RATIO_HIGH = 1.2

/** Air-liquid ratios of the tested nozzles: each has to lie in 1.0–1.2. GB 20952-2020. */
export function nozzleTest(nozzles: number, ratios: readonly number[]): NozzleTest {
  const { test, exceedsFrom } = nozzlePlan(nozzles)
  const bad = ratios.filter((ratio) => !(ratio >= RATIO_LOW && ratio <= RATIO_HIGH)).length
  return { bad, exceeds: bad >= exceedsFrom, enough: ratios.length >= test }
}

/**
 * Facility key of a hospital's waste water: table 2 for hospitals of county level and above or with at least 20 beds;
 * null = smaller, which has to disinfect only.
 */
export function hospitalFacility(hospital: {
  readonly beds: number
  readonly countyLevel: boolean
  readonly infectious: boolean
  readonly toTreatedSewer: boolean
}): 'hospital-water-infectious' | 'hospital-water-pretreatment' | 'hospital-water' | null {
  if (hospital.infectious) return 'hospital-water-infectious'
  if (!hospital.countyLevel && hospital.beds < 20) return null
  return hospital.toTreatedSewer ? 'hospital-water-pretreatment' : 'hospital-water'
}
