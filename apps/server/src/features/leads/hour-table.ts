/** Data of one outlet on an even grid, as conditions look at them. */

import { hourStateCode } from '@shanshui/standards'
import { hourMs } from '../series/index.ts'
import type { OutletHours } from '../sources/index.ts'

/** Columns of one factor; NaN where there is no value. */
export interface FactorColumns {
  readonly measured: Float64Array
  readonly judged: Float64Array
  readonly limit: Float64Array
  readonly mass: Float64Array
  /** 1 where the step counts (valid), 0 where it does not. */
  readonly valid: Uint8Array
  /** 1 where the source did not run: nothing is to be expected. */
  readonly stopped: Uint8Array
  /** 1 where an exceedance is found. */
  readonly exceeding: Uint8Array
  /** Journal record of the step; 0 none. */
  readonly msg: BigInt64Array
}

export interface StepTable {
  /** Start of each step, ascending, without gaps. */
  readonly startMs: Float64Array
  readonly stepMs: number
  readonly o2: Float64Array
  readonly flow: Float64Array
  readonly load: Float64Array
  /** valid ÷ due of the hour's data, 0 … 1; NaN where nothing was due. */
  readonly transmission: Float64Array
  /** Data due and valid in the step, over all factors: what the share is made of. */
  readonly due: Uint16Array
  readonly good: Uint16Array
  readonly factors: ReadonlyMap<string, FactorColumns>
}

export interface ExceedanceSpan {
  readonly outletId: number
  readonly factor: string
  readonly fromMs: number
  readonly toMs: number
}

const nan = (n: number) => new Float64Array(n).fill(Number.NaN)

/** Lays the hours of one outlet on the grid [fromMs, toMs). Rows outside are left out; an hour without a row is missing. */
export function hourTable(
  rows: readonly OutletHours[],
  exceedances: readonly ExceedanceSpan[],
  fromMs: number,
  toMs: number,
): StepTable {
  const first = Math.floor(fromMs / hourMs)
  const n = Math.max(0, Math.ceil(toMs / hourMs) - first)
  const startMs = Float64Array.from({ length: n }, (_, i) => (first + i) * hourMs)
  const [o2, flow, load, transmission] = [nan(n), nan(n), nan(n), nan(n)]
  const factors = new Map<string, FactorColumns>()
  const due = new Uint16Array(n)
  const good = new Uint16Array(n)
  for (const row of rows) {
    const columns = emptyColumns(n)
    for (let j = 0; j < row.startMs.length; j++) {
      const i = Math.round((row.startMs[j] as number) / hourMs) - first
      if (i < 0 || i >= n) continue
      const state = row.state[j] as number
      const [measured, converted] = [row.measured[j] as number, row.converted[j] as number]
      columns.measured[i] = measured
      columns.judged[i] = Number.isNaN(converted) ? measured : converted
      columns.limit[i] = row.limit[j] as number
      columns.mass[i] = row.massKg[j] as number
      columns.valid[i] = state === hourStateCode.valid ? 1 : 0
      columns.stopped[i] = state === hourStateCode.stopped ? 1 : 0
      columns.msg[i] = row.msg[j] as bigint
      if (Number.isNaN(o2[i] as number)) o2[i] = row.o2[j] as number
      if (Number.isNaN(flow[i] as number)) flow[i] = row.flow[j] as number
      if (Number.isNaN(load[i] as number)) load[i] = row.load[j] as number
    }
    for (let i = 0; i < n; i++) {
      due[i] = (due[i] as number) + (columns.stopped[i] === 1 ? 0 : 1)
      good[i] = (good[i] as number) + (columns.valid[i] as number)
    }
    factors.set(row.factor, columns)
  }
  for (let i = 0; i < n; i++)
    if ((due[i] as number) > 0) transmission[i] = (good[i] as number) / (due[i] as number)
  for (const span of exceedances) {
    const columns = factors.get(span.factor)
    if (columns === undefined) continue
    const from = Math.max(0, Math.floor(span.fromMs / hourMs) - first)
    const to = Math.min(n, Math.ceil(span.toMs / hourMs) - first)
    for (let i = from; i < to; i++) columns.exceeding[i] = 1
  }
  return { startMs, stepMs: hourMs, o2, flow, load, transmission, due, good, factors }
}

export function emptyColumns(n: number): FactorColumns {
  return {
    measured: nan(n),
    judged: nan(n),
    limit: nan(n),
    mass: nan(n),
    valid: new Uint8Array(n),
    stopped: new Uint8Array(n),
    exceeding: new Uint8Array(n),
    msg: new BigInt64Array(n),
  }
}
