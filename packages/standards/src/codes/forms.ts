/** Forms of codes that identify an industry and an outlet. Read by their form only; the lists themselves are not here. */
import type { Configurable } from '../clause.ts'

/** Door letter and two to four digits, e.g. C32, C321, C3216 (门类、大类、中类、小类). GB/T 4754-2017. */
export const industryCodeForm: Configurable<{ pattern: string; example: string }> = {
  value: { pattern: '^[A-T]\\d{2,4}$', example: 'C3216' },
  source: 'GB/T 4754-2017 国民经济行业分类：门类字母加大类、中类、小类数字',
  status: 'unverified',
}

/** DA: waste gas, DW: waste water, YS: rain water; three digits in the order of the permit. HJ 608-2017. */
export const outletNumberForm: Configurable<{ pattern: string; media: Readonly<Record<string, string>> }> = {
  value: { pattern: '^(DA|DW|YS)\\d{3}$', media: { DA: 'air', DW: 'water', YS: 'water' } },
  source: 'HJ 608-2017 排污单位编码规则：排放口编号',
  status: 'unverified',
}

/** 22 characters: credit code, three digits of the site, one check character (排污许可证编号). HJ 608-2017. */
export const permitNumberForm: Configurable<{ pattern: string }> = {
  value: { pattern: '^[0-9A-HJ-NPQRTUWXY]{18}\\d{3}[0-9A-Z]$' },
  source: 'HJ 608-2017 排污单位编码规则：排污许可证编号',
  status: 'unverified',
}

const matches = (pattern: string) => (code: string) => new RegExp(pattern).test(code)

/** Whether a text has the form of an industry code. GB/T 4754-2017. */
export const isIndustryCode = matches(industryCodeForm.value.pattern)
/** Whether a text has the form of an outlet's number. HJ 608-2017. */
export const isOutletNumber = matches(outletNumberForm.value.pattern)
/** Whether a text has the form of a permit's number. HJ 608-2017. */
export const isPermitNumber = matches(permitNumberForm.value.pattern)

/** Medium that an outlet's number speaks of; undefined when it has another form. */
export function mediumOfOutletNumber(number: string): 'air' | 'water' | undefined {
  if (!isOutletNumber(number)) return undefined
  return outletNumberForm.value.media[number.slice(0, 2)] as 'air' | 'water'
}
