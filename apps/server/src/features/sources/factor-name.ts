import { factorByCode } from '@shanshui/hj212'
import { isPollutant, phFactor } from './source.table.ts'

/** What a factor is called; vendor codes by themselves. */
export function factorName(code: string): string {
  if (code === '*') return '各污染物'
  return factorByCode(code)?.zh ?? code
}

/** Unit in which an outlet's values are kept: the device's, which for pollutants is that of the limits. */
export function factorUnit(code: string): string {
  if (code === phFactor) return '无量纲'
  if (isPollutant(code)) return code.startsWith('w') ? 'mg/L' : 'mg/m³'
  return factorByCode(code)?.unit ?? ''
}

/** A value in words to people: four significant digits. */
export const short = (value: number): string => String(Number(value.toPrecision(4)))
