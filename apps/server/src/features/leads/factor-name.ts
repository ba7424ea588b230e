import { factorByCode } from '@shanshui/hj212'

/** What a factor is called; converted values (`…Zs`) by the name of what is converted, vendor codes by themselves. */
export function factorName(code: string): string {
  if (code === '*') return '各监测因子'
  const converted = code.endsWith('Zs')
  const row = factorByCode(converted ? code.slice(0, -2) : code)
  return row === undefined ? code : `${row.zh}${converted ? '（折算）' : ''}`
}

/** The code of the factor table whose unit the outlet's device uses by default; '' when it is not known. */
export const factorUnit = (code: string): string => factorByCode(code)?.unit ?? ''
