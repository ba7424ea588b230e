import type { ObservationColumns } from '@shanshui/contract'

/** How believable a value is: the order is that of the strip's legend. */
export const validities = ['valid', 'sand', 'flagged', 'invalid', 'missing'] as const
export type Validity = (typeof validities)[number]

export interface StationRow {
  readonly time: string
  readonly ms: number
  readonly value: number | null
  readonly flag: string
  readonly mark: string
  readonly validity: Validity
  readonly msg: string
  /** Value of the compared station at the same instant. */
  readonly other: number | null
}

export const PERIOD_MS = { hour: 3_600_000, day: 86_400_000 } as const

export function validityOf(value: number | null, flag: string, mark: string): Validity {
  if (mark === 'X') return 'invalid'
  if (value === null) return 'missing'
  if (flag !== 'N' && flag !== '' && flag !== ' ') return flag === 'I' ? 'invalid' : 'flagged'
  return mark === 'S' ? 'sand' : 'valid'
}

/** One row an instant; instants that never arrived are put in, so that a gap is seen as a gap. */
export function stationRows(
  columns: ObservationColumns,
  factor: string,
  period: 'hour' | 'day',
  other: ObservationColumns | undefined,
): StationRow[] {
  const others = new Map(other?.times.map((time, i) => [Date.parse(time), usable(other, factor, i)]))
  const step = PERIOD_MS[period]
  const rows: StationRow[] = []
  for (const [i, time] of columns.times.entries()) {
    const ms = Date.parse(time)
    const previous = rows.at(-1)
    if (previous !== undefined) {
      for (let gap = previous.ms + step; gap < ms; gap += step) rows.push(missingRow(gap, others))
    }
    const value = columns.values[factor]?.[i] ?? null
    const flag = columns.flags[factor]?.[i] ?? ''
    const mark = columns.marks[factor]?.[i] ?? '.'
    rows.push({
      time,
      ms,
      value,
      flag,
      mark,
      validity: validityOf(value, flag, mark),
      msg: columns.msg[i] ?? '',
      other: others.get(ms) ?? null,
    })
  }
  return rows
}

function missingRow(ms: number, others: ReadonlyMap<number, number | null>): StationRow {
  const time = new Date(ms).toISOString()
  return {
    time,
    ms,
    value: null,
    flag: '',
    mark: '.',
    validity: 'missing',
    msg: '',
    other: others.get(ms) ?? null,
  }
}

function usable(columns: ObservationColumns, factor: string, index: number): number | null {
  const value = columns.values[factor]?.[index] ?? null
  const validity = validityOf(
    value,
    columns.flags[factor]?.[index] ?? '',
    columns.marks[factor]?.[index] ?? '.',
  )
  return validity === 'valid' || validity === 'sand' ? value : null
}

/** Shares of the window, for the summary line. */
export function countValidity(rows: readonly StationRow[]): Record<Validity, number> {
  const counts: Record<Validity, number> = { valid: 0, sand: 0, flagged: 0, invalid: 0, missing: 0 }
  for (const row of rows) counts[row.validity] += 1
  return counts
}
