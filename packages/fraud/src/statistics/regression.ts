import { median } from './order.ts'

/** Linear fit of y by the columns, without intercept: give it centred columns. */
export interface Fit {
  readonly slopes: Float64Array
  /** share of the variance explained among the hours that were not put aside */
  readonly explained: number
  /** slope ÷ its standard error, as if the hours were independent */
  readonly t: Float64Array
  readonly n: number
}

const ROUNDS = 3
const RIDGE = 1e-3
const FAR = 4

/** Least squares on the rows in which everything is finite; rows far off are put aside and the fit is repeated. */
export function robustFit(y: Float64Array, columns: readonly Float64Array[]): Fit | undefined {
  const p = columns.length
  const rows = finiteRows(y, columns)
  if (p === 0 || rows.length < 20 * p) return undefined
  let kept = rows
  let slopes = new Float64Array(p)
  let inverse = new Float64Array(p * p)
  for (let round = 0; round < ROUNDS; round++) {
    const solved = solveNormal(y, columns, kept)
    if (solved === undefined) return undefined
    slopes = solved.slopes
    inverse = solved.inverse
    if (round === ROUNDS - 1) break
    const off = new Float64Array(rows.length)
    for (let k = 0; k < rows.length; k++) off[k] = Math.abs(residual(y, columns, slopes, rows[k] as number))
    const far = FAR * 1.4826 * median(off)
    if (!(far > 0)) break
    kept = rows.filter((_, k) => (off[k] as number) <= far)
  }
  let [sse, sst] = [0, 0]
  for (const i of kept) {
    sse += residual(y, columns, slopes, i) ** 2
    sst += (y[i] as number) ** 2
  }
  const sigma2 = sse / Math.max(1, kept.length - p)
  const t = slopes.map(
    (slope, j) => slope / Math.sqrt(Math.max(1e-300, sigma2 * (inverse[j * p + j] as number))),
  )
  return { slopes, explained: sst > 0 ? 1 - sse / sst : 0, t, n: kept.length }
}

function finiteRows(y: Float64Array, columns: readonly Float64Array[]): Int32Array {
  const rows = new Int32Array(y.length)
  let n = 0
  for (let i = 0; i < y.length; i++) {
    // a sum is finite only where every part is
    let sum = y[i] as number
    for (let j = 0; j < columns.length; j++) sum += (columns[j] as Float64Array)[i] as number
    if (Number.isFinite(sum)) rows[n++] = i
  }
  return rows.slice(0, n)
}

function residual(
  y: Float64Array,
  columns: readonly Float64Array[],
  slopes: Float64Array,
  i: number,
): number {
  let left = y[i] as number
  for (let j = 0; j < columns.length; j++)
    left -= (slopes[j] as number) * ((columns[j] as Float64Array)[i] as number)
  return left
}

/** Normal equations with a touch of ridge, by Gauss–Jordan on the matrix beside the unit matrix. */
function solveNormal(y: Float64Array, columns: readonly Float64Array[], rows: Int32Array) {
  const p = columns.length
  const xtx = new Float64Array(p * p)
  const xty = new Float64Array(p)
  for (const i of rows)
    for (let a = 0; a < p; a++) {
      const xa = (columns[a] as Float64Array)[i] as number
      xty[a] = (xty[a] as number) + xa * (y[i] as number)
      for (let b = 0; b <= a; b++)
        xtx[a * p + b] = (xtx[a * p + b] as number) + xa * ((columns[b] as Float64Array)[i] as number)
    }
  for (let a = 0; a < p; a++) {
    for (let b = a + 1; b < p; b++) xtx[a * p + b] = xtx[b * p + a] as number
    xtx[a * p + a] = (xtx[a * p + a] as number) * (1 + RIDGE) + 1e-12
  }
  const inverse = invert(xtx, p)
  if (inverse === undefined) return undefined
  const slopes = new Float64Array(p)
  for (let a = 0; a < p; a++)
    for (let b = 0; b < p; b++)
      slopes[a] = (slopes[a] as number) + (inverse[a * p + b] as number) * (xty[b] as number)
  return { slopes, inverse }
}

function invert(matrix: Float64Array, p: number): Float64Array<ArrayBuffer> | undefined {
  const left = matrix.slice()
  const right = new Float64Array(p * p)
  for (let a = 0; a < p; a++) right[a * p + a] = 1
  for (let a = 0; a < p; a++) {
    const pivot = left[a * p + a] as number
    if (!(Math.abs(pivot) > 1e-300)) return undefined
    for (let c = 0; c < p; c++) {
      left[a * p + c] = (left[a * p + c] as number) / pivot
      right[a * p + c] = (right[a * p + c] as number) / pivot
    }
    for (let b = 0; b < p; b++) {
      if (b === a) continue
      const factor = left[b * p + a] as number
      for (let c = 0; c < p; c++) {
        left[b * p + c] = (left[b * p + c] as number) - factor * (left[a * p + c] as number)
        right[b * p + c] = (right[b * p + c] as number) - factor * (right[a * p + c] as number)
      }
    }
  }
  return right
}
