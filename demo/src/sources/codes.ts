import { unifiedCreditAlphabet, unifiedCreditCheckCharacter } from '@shanshui/standards'
import { integer, stream } from '../chance.ts'

/**
 * Unified social credit code of a fictional enterprise (GB 32100-2015): `91` + region + nine characters + check
 * character. The region digits 6290xx are not given out, so that no code can be a real one.
 */
export function creditCode(seed: number, key: string, regionCode: number): string {
  const of = stream(seed, `credit ${key}`)
  const letters = Array.from(
    { length: 6 },
    (_, i) => unifiedCreditAlphabet[integer(of, i, unifiedCreditAlphabet.length)],
  )
  const first17 = `91${regionCode}MA${letters.join('')}${integer(of, 9, 10)}`
  return `${first17}${unifiedCreditCheckCharacter(first17)}`
}

/** Number of a discharge permit: credit code, three digits, check character. The rule of the last one is not published. */
export function permitNumber(code: string, seed: number): string {
  return `${code}001${'PQRUVWXY'[integer(stream(seed, `permit ${code}`), 0, 8)]}`
}

/** MN of the data logger of an outlet: 24 hexadecimal digits (HJ 212-2017 table 3), with unused region digits. */
export function outletMn(regionCode: number, order: number): string {
  return `${regionCode}BB${String(order).padStart(14, '0')}A1`
}

/** Password of the data logger; six characters (HJ 212-2017 table 3). */
export function outletPassword(order: number): string {
  return String(620_000 + order * 137).slice(-6)
}
