import { type AirFactor, airFactors, type WaterFactor, waterFactors } from './factors.ts'

export type EmissionMedium = 'air' | 'water'
export type LimitVariant = 'existing' | 'new' | 'special' | 'ultra-low'
/** `sampling`: mean of a manual measurement (metals, dioxins); `instant`: any single value. */
export type LimitAveraging = 'hour' | 'day' | 'instant' | 'sampling'

/**
 * How well a row is known: read in the text of the standard itself; several independent sources; one source; still to
 * be checked against the text by the bureau (待核实).
 */
export type LimitStatus = 'primary' | 'verified' | 'one-source' | 'unverified'

/** What must be true of the outlet for a row to hold; a fact that is not known counts as not true. */
export interface LimitConditions {
  /** Into the water itself, or into a public treatment system. */
  readonly discharge?: 'direct' | 'indirect'
  /** Ammonia water, urea or the like is used as reducing agent. */
  readonly ammoniaAgent?: boolean
  /** Guangxi, Chongqing, Sichuan, Guizhou. */
  readonly fourProvinces?: boolean
  /** W-flame furnace, existing circulating bed, or built before 2003-12-31 (GB 13223 note). */
  readonly lateNox?: boolean
  /** Water of at most 12 ℃. */
  readonly cold?: boolean
  /** Sewage works built by 2005-12-31. */
  readonly builtBefore2006?: boolean
  /** Class of the air-quality function zone, GB 9078. */
  readonly zoneGrade?: 1 | 2 | 3
  /** Group of industries or products within a table, named by the table's own words. */
  readonly category?: string
}

/** One cited limit: a cell of a table of an emission standard. */
export interface EmissionLimit {
  readonly standard: string
  readonly table: string
  /** Facility keys it holds for. */
  readonly scopes: readonly string[]
  readonly medium: EmissionMedium
  readonly factor: string
  /** Upper limit; 0 with `notDetectable` or `forbidden`. */
  readonly value: number
  /** Lower limit, of pH. */
  readonly min?: number
  /** Decimals in which the limit is written; results are rounded to them before they are compared. */
  readonly decimals: number
  readonly unit: string
  readonly averaging: LimitAveraging
  readonly variant: LimitVariant
  readonly from: string
  readonly to?: string
  readonly when?: LimitConditions
  /** Where first-class water pollutants are sampled. */
  readonly point?: 'workshop' | 'plant'
  readonly notDetectable?: boolean
  readonly forbidden?: boolean
  readonly status: LimitStatus
  readonly source: string
  readonly note?: string
}

export interface TableBase {
  readonly standard: string
  readonly table: string
  readonly scopes: readonly string[]
  readonly variant?: LimitVariant
  readonly from: string
  readonly to?: string
  readonly averaging?: LimitAveraging
  readonly unit?: string
  readonly when?: LimitConditions
  readonly point?: 'workshop' | 'plant'
  readonly status?: LimitStatus
  readonly source?: string
  readonly note?: string
}

/** A value as written (text keeps the trailing zero), `[min, max]` of pH, `nd` not detectable, `ban` discharge forbidden. */
export type LimitCell = number | string | readonly [number, number]

/** Rows of exhaust gas, hourly means in mg/m³ (dry, 273 K, 101.325 kPa) unless the base says otherwise. */
export function airRows(
  base: TableBase,
  cells: Readonly<Partial<Record<AirFactor, LimitCell>>>,
): readonly EmissionLimit[] {
  return Object.entries(cells).map(([name, cell]) =>
    limitRow(base, 'air', airFactors[name as AirFactor], cell, airUnit(name as AirFactor)),
  )
}

/** Rows of waste water, daily means in mg/L unless the base says otherwise; pH is judged value by value. */
export function waterRows(
  base: TableBase,
  cells: Readonly<Partial<Record<WaterFactor, LimitCell>>>,
): readonly EmissionLimit[] {
  return Object.entries(cells).map(([name, cell]) => {
    const at = name === 'ph' ? { ...base, averaging: 'hour' as const } : base
    return limitRow(at, 'water', waterFactors[name as WaterFactor], cell, waterUnit(name as WaterFactor))
  })
}

function limitRow(
  base: TableBase,
  medium: EmissionMedium,
  factor: string,
  cell: LimitCell,
  unit: string,
): EmissionLimit {
  const { standard, table, scopes, from, variant = 'new', status = 'primary', source } = base
  return {
    standard,
    table,
    scopes,
    medium,
    factor,
    ...cellValue(cell),
    unit: base.unit ?? unit,
    averaging: base.averaging ?? (medium === 'air' ? 'hour' : 'day'),
    variant,
    from,
    ...(base.to === undefined ? {} : { to: base.to }),
    ...(base.when === undefined ? {} : { when: base.when }),
    ...(base.point === undefined ? {} : { point: base.point }),
    status,
    source: source ?? `${standard} ${table}`,
    ...(base.note === undefined ? {} : { note: base.note }),
  }
}

function cellValue(
  cell: LimitCell,
): Pick<EmissionLimit, 'value' | 'min' | 'decimals' | 'notDetectable' | 'forbidden'> {
  if (cell === 'nd') return { value: 0, decimals: 0, notDetectable: true }
  if (cell === 'ban') return { value: 0, decimals: 0, forbidden: true }
  if (typeof cell === 'object') return { value: cell[1], min: cell[0], decimals: 0 }
  return { value: Number(cell), decimals: decimalsOf(cell) }
}

/** Decimals in which a limit is written: 0.05 → 2, '1.0' → 1, 400 → 0, 3e-8 → 8. */
export function decimalsOf(written: number | string): number {
  const [mantissa = '', exponent = '0'] = String(written).toLowerCase().split('e')
  const point = mantissa.indexOf('.')
  return Math.max(0, (point < 0 ? 0 : mantissa.length - point - 1) - Number(exponent))
}

function airUnit(name: AirFactor): string {
  if (name === 'dioxins') return 'ng TEQ/m³'
  return name === 'blackness' ? '级' : 'mg/m³'
}

function waterUnit(name: WaterFactor): string {
  if (name === 'ph') return '无量纲'
  if (name === 'colour') return '倍'
  if (name === 'coliform') return '个/L'
  return name === 'alpha' || name === 'beta' ? 'Bq/L' : 'mg/L'
}
