/** Factors by code, of both generations. */
import { airFactors } from './air-factors.ts'
import type { FactorRow } from './factor-row.ts'
import { noiseFactors } from './noise-factors.ts'
import { waterFactors } from './water-factors.ts'

const byCode = new Map([...waterFactors, ...airFactors, ...noiseFactors].map((row) => [row.code, row]))
// Water codes of 2005 have three characters, gas codes two, flue parameters and flows a letter: no overlap.
const byOldCode = new Map(
  [...waterFactors, ...airFactors].flatMap((row) => (row.old ? [[row.old, row]] : [])) as [
    string,
    FactorRow,
  ][],
)

/** The factor of a code of 2017 or 2005; undefined for vendor codes, which are kept as they are. */
export function factorByCode(code: string): FactorRow | undefined {
  return byCode.get(code) ?? byOldCode.get(code)
}

/** The code of HJ 212-2017 for a code of either generation; the code itself when it is not known. */
export function currentCode(code: string): string {
  return factorByCode(code)?.code ?? code
}
