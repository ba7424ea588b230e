import { countValid, exactMean } from '../gb8170/exact-sum.ts'
import { cityValidity } from './clauses.ts'

/**
 * City value of one item and one hour or day: arithmetic mean of the valid values of its assessment stations (评价点),
 * unrounded. `shouldReport`: stations that should report. Valid with at least 75 % of them, below four stations with at
 * least 50 %; otherwise `value` is NaN. HJ 663, site to city.
 */
export function cityMean(
  siteValues: ArrayLike<number>,
  shouldReport: number,
): { value: number; n: number; valid: boolean } {
  const n = countValid(siteValues)
  const { share, smallBelow, smallShare } = cityValidity.value
  const [part, whole] = shouldReport < smallBelow ? smallShare : share
  const valid = n > 0 && n * whole >= shouldReport * part
  return { value: valid ? exactMean(siteValues) : Number.NaN, n, valid }
}

/** Value of a region: arithmetic mean of its cities, each city one vote, cities without a value left out; unrounded. */
export function regionMean(cityValues: ArrayLike<number>): { value: number; n: number } {
  return { value: exactMean(cityValues), n: countValid(cityValues) }
}
