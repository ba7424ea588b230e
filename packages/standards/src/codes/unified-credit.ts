import { clauseOf, standards } from '../clause.ts'

const at = clauseOf(standards.gb32100)
export const unifiedCreditClause = at('代码结构')
export const unifiedCreditCheckClause = at('校验码')

/** Characters of the code in the order of their values 0–30: no I, O, S, V, Z. */
export const unifiedCreditAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
/** Weight of place i is 3^(i−1) mod 31. */
export const unifiedCreditWeights: readonly number[] = [
  1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28,
]

const shape = /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/

export interface UnifiedCreditParts {
  /** 登记管理部门代码, place 1. */
  readonly authority: string
  /** 机构类别代码, place 2. */
  readonly category: string
  /** 登记管理机关行政区划码 (GB/T 2260), places 3–8. */
  readonly region: string
  /** 主体标识码（组织机构代码）, places 9–17. */
  readonly organization: string
  readonly check: string
}

export type UnifiedCreditCheck =
  | { readonly ok: true; readonly parts: UnifiedCreditParts; readonly weightedSum: number }
  | {
      readonly ok: false
      readonly reason: 'length' | 'characters' | 'check'
      /** What is wrong and what to do, for people. */
      readonly message: string
      /** The check character that the first 17 places ask for; only for `check`. */
      readonly expected?: string
    }

/** Σ Ci·Wi over the first 17 characters; NaN when a character is not in the alphabet. */
export function unifiedCreditSum(first17: string): number {
  let sum = 0
  for (const [index, weight] of unifiedCreditWeights.entries()) {
    const value = unifiedCreditAlphabet.indexOf(first17[index] ?? ' ')
    if (value < 0) return Number.NaN
    sum += value * weight
  }
  return sum
}

/** Check character of the first 17: C18 = 31 − (Σ Ci·Wi mod 31), 31 is written 0. Undefined when they cannot be read. */
export function unifiedCreditCheckCharacter(first17: string): string | undefined {
  const sum = unifiedCreditSum(first17)
  return Number.isNaN(sum) ? undefined : unifiedCreditAlphabet[(31 - (sum % 31)) % 31]
}

/** Whether a text is a unified social credit code (统一社会信用代码). GB 32100-2015. */
export function checkUnifiedCredit(code: string): UnifiedCreditCheck {
  if (code.length !== 18) {
    const message = `统一社会信用代码应为18位，“${code}”有${code.length}位`
    return { ok: false, reason: 'length', message }
  }
  if (!shape.test(code)) {
    const message = `“${code}”含不允许的字符：只用数字和大写字母，不用 I、O、S、V、Z；第3至8位为行政区划数字`
    return { ok: false, reason: 'characters', message }
  }
  const expected = unifiedCreditCheckCharacter(code)
  const check = code.slice(17)
  if (expected === undefined || expected !== check) {
    const message = `“${code}”的校验码不符：前17位应配“${expected}”，现为“${check}”，请核对营业执照`
    return { ok: false, reason: 'check', message, expected: expected ?? '' }
  }
  const parts = {
    authority: code.slice(0, 1),
    category: code.slice(1, 2),
    region: code.slice(2, 8),
    organization: code.slice(8, 17),
    check,
  }
  return { ok: true, parts, weightedSum: unifiedCreditSum(code) }
}
