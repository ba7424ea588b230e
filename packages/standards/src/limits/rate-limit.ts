import { type Clause, clauseOf } from '../clause.ts'
import { type RateRow, rateLimits } from './rates.ts'

const at16297 = clauseOf({ id: 'GB 16297-1996', title: '大气污染物综合排放标准' })
export const rateClause: Clause = at16297('7.1、7.4、附录B')
export const equivalentStackClause: Clause = at16297('7.2、附录A')

export interface StackRate {
  readonly factor: string
  /** Class of the air-quality function zone: grade 2 or 3. */
  readonly grade: 2 | 3
  /** Stack height above ground, m. */
  readonly heightM: number
  /** False: not at least 5 m higher than the buildings within 200 m; the limit is halved (7.1). */
  readonly aboveSurroundings?: boolean | undefined
  /** Built or approved before 1997-01-01: table 1. */
  readonly existing?: boolean | undefined
  readonly category?: string | undefined
}

export interface RateLimit {
  /** kg/h, unrounded. */
  readonly value: number
  /** How it was found, with the numbers filled in. */
  readonly formula: string
  readonly row: RateRow
}

/**
 * Highest permitted emission rate (kg/h) of GB 16297-1996 at a stack height: interpolated between the columns, above the
 * highest by the square of the heights, below the lowest of 15 m the same and halved (7.4, appendix B), halved again when
 * the stack does not stand 5 m above its surroundings (7.1). Undefined when the table has no rate for the pollutant or it
 * asks for at least 25 m. Throws RangeError on a height that is not positive.
 */
export function rateLimit(stack: StackRate): RateLimit | undefined {
  const { factor, grade, heightM, category, existing = false } = stack
  if (!(heightM > 0)) throw new RangeError(`排气筒高度应大于0，收到${heightM}`)
  const rows = rateLimits.filter((row) => row.factor === factor && row.table === (existing ? '表1' : '表2'))
  const row =
    rows.find((one) => one.category === category) ?? rows.find((one) => one.category === undefined) ?? rows[0]
  if (row === undefined) return undefined
  const column = grade - 2
  const found = atHeight(row, heightM, column)
  if (found === undefined) return undefined
  if (stack.aboveSurroundings !== false) return { ...found, row }
  return { value: found.value * 0.5, formula: `（${found.formula}）×0.5`, row }
}

function atHeight(row: RateRow, height: number, column: number): Omit<RateLimit, 'row'> | undefined {
  const { heights } = row
  const rateAt = (index: number) => row.rates[index]?.[column] ?? Number.NaN
  const lowest = heights[0] ?? Number.NaN
  if (height < lowest) {
    if (lowest > 15) return undefined
    const lower = rateAt(0)
    return {
      value: lower * (height / lowest) ** 2 * 0.5,
      formula: `${lower}×（${height}/${lowest}）²×0.5`,
    }
  }
  const top = heights.length - 1
  const highest = heights[top] ?? Number.NaN
  if (height > highest)
    return {
      value: rateAt(top) * (height / highest) ** 2,
      formula: `${rateAt(top)}×（${height}/${highest}）²`,
    }
  const above = heights.findIndex((one) => one >= height)
  const upper = heights[above] ?? Number.NaN
  if (upper === height) return { value: rateAt(above), formula: `${height} m 为${rateAt(above)}` }
  const lower = heights[above - 1] ?? Number.NaN
  const [low, high] = [rateAt(above - 1), rateAt(above)]
  return {
    value: low + ((high - low) * (height - lower)) / (upper - lower),
    formula: `${low}+（${high}−${low}）×（${height}−${lower}）/（${upper}−${lower}）`,
  }
}

export interface Stack {
  readonly heightM: number
  /** Emission rate, kg/h. */
  readonly rate: number
}

export interface EquivalentStack extends Stack {
  /** Distance from the first stack towards the second, m. */
  readonly fromFirstM: number
}

/**
 * The equivalent stack of two stacks that emit the same pollutant nearer to each other than the sum of their heights:
 * rates added, h = √((h1² + h2²)/2), place x = a·Q2/Q. Undefined when they are farther apart. GB 16297-1996 7.2, app. A;
 * more stacks are taken pairwise in turn.
 */
export function equivalentStack(first: Stack, second: Stack, distanceM: number): EquivalentStack | undefined {
  if (distanceM >= first.heightM + second.heightM) return undefined
  const rate = first.rate + second.rate
  return {
    rate,
    heightM: Math.sqrt((first.heightM ** 2 + second.heightM ** 2) / 2),
    fromFirstM: rate === 0 ? 0 : (distanceM * second.rate) / rate,
  }
}
