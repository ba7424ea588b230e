import { type Clause, type Configurable, clauseOf, standards } from '../clause.ts'

export const transmissionClause: Clause = clauseOf(standards.marking2022)('数据传输有效率')

/**
 * The four counters of an outlet in a period, in data items (fields of pollutants and hours). Hours in which the source
 * stood and the exempt check hour of waste water are in none of them.
 */
export interface TransmissionCounters {
  readonly due: number
  readonly received: number
  /** Due items whose value should be valid (有效应收量). */
  readonly validDue: number
  readonly valid: number
}

export type ValidDenominator = 'received' | 'validDue'

/** What the valid share is divided by. With `received`, E = valid/due. */
export const validDenominator: Configurable<ValidDenominator> = {
  value: 'received',
  source: '公告2022年第21号 有效率＝有效量/实收量（两处公开代码）；另有代码以有效应收量为分母，待核实',
  status: 'unverified',
}

/** Effective transmission rate that an enterprise and the city have to reach, %. */
export const transmissionTarget: Configurable<number> = {
  value: 90,
  source: '数据传输有效率目标（未见原文）',
  status: 'unverified',
}

/** Factors of waste water with one free hour a day for the automatic check with a standard sample (标样核查). */
export const checkHourFactors: Configurable<{
  readonly factors: readonly string[]
  readonly hoursPerDay: number
}> = {
  value: { factors: ['w01018', 'w21003', 'w21011', 'w21001'], hoursPerDay: 1 },
  source: '公告2022年第21号 标样核查：每日1小时不计入（官方算法说明，一处来源）',
  status: 'unverified',
}

export interface TransmissionRates {
  /** `not-applicable`: nothing was due, e.g. the source stood all the time. Never 0 %. */
  readonly status: 'rated' | 'not-applicable'
  /** Transmission rate T, valid share V, effective rate E = T·V, %, unrounded; null when not applicable. */
  readonly transmission: number | null
  readonly valid: number | null
  readonly effective: number | null
  /** Whether E reaches the target; null when not applicable. */
  readonly meets: boolean | null
}

const NOT_APPLICABLE: TransmissionRates = {
  status: 'not-applicable',
  transmission: null,
  valid: null,
  effective: null,
  meets: null,
}

/**
 * Effective transmission rate (数据传输有效率): T = received/due, V = valid/received (or /validDue), E = T·V. Data
 * received beyond what was due do not count twice: the counters have to be consistent. Throws RangeError when they are
 * not (negative, received above due, valid above its denominator).
 */
export function transmissionRates(
  counters: TransmissionCounters,
  denominator: ValidDenominator = validDenominator.value,
): TransmissionRates {
  const { due, received, validDue, valid } = counters
  const base = denominator === 'received' ? received : validDue
  if (Math.min(due, received, validDue, valid) < 0) throw new RangeError('计数不应为负')
  if (received > due) throw new RangeError(`实收${received}多于应收${due}`)
  if (valid > base)
    throw new RangeError(`有效${valid}多于${denominator === 'received' ? '实收' : '有效应收'}${base}`)
  if (due === 0) return NOT_APPLICABLE
  const transmission = (received * 100) / due
  // Nothing came: what did not come cannot be valid.
  const share = base === 0 ? 0 : (valid * 100) / base
  // One division of integers, so that 88 of 96 is not 91.66666666666669.
  const effective = base === 0 ? 0 : (received * valid * 100) / (due * base)
  return {
    status: 'rated',
    transmission,
    valid: share,
    effective,
    meets: effective >= transmissionTarget.value,
  }
}

/** Counters of a group: sums. The rate of a city is that of the sums, never the mean of rates. */
export function sumCounters(parts: Iterable<TransmissionCounters>): TransmissionCounters {
  let due = 0
  let received = 0
  let validDue = 0
  let valid = 0
  for (const part of parts) {
    due += part.due
    received += part.received
    validDue += part.validDue
    valid += part.valid
  }
  return { due, received, validDue, valid }
}

export interface FactorHour {
  /** Fields that the outlet has to send for this factor and hour, e.g. avg, cou, zs-avg. */
  readonly due: number
  /** Of these, how many came. */
  readonly received: number
  /** Of these, how many are valid. */
  readonly valid: number
  readonly state: 'running' | 'stopped' | 'standard-check'
}

/**
 * Counts one factor on one day (hours in order). Stopped hours leave; of the hours with a standard check `checkHours`
 * leave for the four factors of waste water, further ones count as due. The data of an hour that left do not count either.
 */
export function countFactorDay(
  factor: string,
  hours: readonly FactorHour[],
  checkHours = checkHourFactors.value.hoursPerDay,
): TransmissionCounters {
  let free = checkHourFactors.value.factors.includes(factor) ? checkHours : 0
  let due = 0
  let received = 0
  let valid = 0
  for (const hour of hours) {
    if (hour.state === 'stopped') continue
    if (hour.state === 'standard-check' && free > 0) {
      free--
      continue
    }
    due += hour.due
    received += Math.min(hour.received, hour.due)
    valid += Math.min(hour.valid, hour.received, hour.due)
  }
  return { due, received, validDue: due, valid }
}
