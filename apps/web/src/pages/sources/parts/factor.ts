import { decimalsOf, parameterByCode } from '@shanshui/standards'

export interface FactorInfo {
  readonly code: string
  /** As a head of a column. */
  readonly name: string
  readonly unit: string
  readonly decimals: number
}

/** How the bureau writes the factors it looks at every day; all others by the table of HJ 212. */
const short: Readonly<Record<string, readonly [name: string, unit: string, decimals: number]>> = {
  a34013: ['颗粒物', 'mg/m³', 1],
  a21026: ['SO₂', 'mg/m³', 1],
  a21002: ['NOₓ', 'mg/m³', 1],
  a21005: ['CO', 'mg/m³', 1],
  a21024: ['HCl', 'mg/m³', 1],
  a21001: ['NH₃', 'mg/m³', 1],
  a24088: ['NMHC', 'mg/m³', 1],
  w01018: ['COD', 'mg/L', 1],
  w21003: ['氨氮', 'mg/L', 2],
  w21011: ['总磷', 'mg/L', 3],
  w21001: ['总氮', 'mg/L', 2],
  w01001: ['pH', '', 2],
}

/** Limits of outlets are in mg/m³ and mg/L whatever the default unit of the table. */
export function factorInfo(code: string): FactorInfo {
  const known = short[code]
  if (known !== undefined) {
    const [name, unit, decimals] = known
    return { code, name, unit, decimals }
  }
  const row = parameterByCode(code)
  const unit = code.startsWith('w2') ? 'mg/L' : (row?.unit ?? '')
  return { code, name: row?.zh ?? code, unit, decimals: 2 }
}

/** A limit as it is written: no digits more, none less. */
export function limitText(value: number): string {
  return value.toFixed(decimalsOf(value))
}

/** A multiple as it is reported: two decimals. */
export const MULTIPLE_DECIMALS = 2
