/** One row of the parameter tables of HJ 212. */
export interface Parameter {
  readonly code: string
  /** Code of HJ/T 212-2005, null when there was none. */
  readonly oldCode: string | null
  readonly zh: string
  readonly en: string
  /** Default unit of the table; '1' = no dimension. A station's configured unit goes first. */
  readonly unit: string | null
  /** Unit of the cumulated emission (`-Cou`). */
  readonly emissionUnit: string | null
  /** Data type: N digits before . digits after the point. */
  readonly type: string | null
}

export function parameter(
  code: string,
  oldCode: string | null,
  zh: string,
  en: string,
  unit: string | null,
  emissionUnit: string | null,
  type: string | null,
): Parameter {
  return { code, oldCode, zh, en, unit, emissionUnit, type }
}

/** Digits before and after the decimal point of a type such as N3.1; null when the text is none. */
export function typeDigits(type: string | null): { whole: number; decimals: number } | null {
  const match = /^N(\d+)(?:\.(\d+))?$/.exec(type ?? '')
  return match === null ? null : { whole: Number(match[1]), decimals: Number(match[2] ?? '0') }
}
