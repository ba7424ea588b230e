import type { OutletFrame, ParameterSeries } from '@shanshui/fraud'
import { HOUR_MS } from './hours.ts'
import { NUMBERS, type Row } from './rows.ts'

/** The rows of one outlet, until they are all there. Nothing of an outlet outlives it. */

type Column = (typeof NUMBERS)[number]

/** Twenty-five years: a mistyped year must not ask for more memory than there is. */
const MOST_HOURS = 220_000

class Collected {
  readonly hours: number[] = []
  readonly marks: string[] = []
  readonly numbers: Record<Column, number[]> = {
    value: [],
    converted: [],
    o2: [],
    flow: [],
    load: [],
    limit: [],
    range: [],
  }

  add(row: Row): void {
    this.hours.push(row.hourMs)
    this.marks.push(row.mark)
    for (const name of NUMBERS) this.numbers[name].push(row[name])
  }
}

export class OutletRows {
  readonly outlet: string
  #medium: 'air' | 'water' | undefined
  readonly #parameters = new Map<string, Collected>()
  #first = Number.POSITIVE_INFINITY
  #last = Number.NEGATIVE_INFINITY

  constructor(outlet: string) {
    this.outlet = outlet
  }

  add(row: Row): void {
    this.#medium ??= row.medium
    let collected = this.#parameters.get(row.parameter)
    if (collected === undefined) {
      collected = new Collected()
      this.#parameters.set(row.parameter, collected)
    }
    collected.add(row)
    if (row.hourMs < this.#first) this.#first = row.hourMs
    if (row.hourMs > this.#last) this.#last = row.hourMs
  }

  /** The rows on a gap-free grid (of two rows for one hour the later counts), or why there is none. */
  frame(): OutletFrame | { readonly fault: string } {
    const n = Math.round((this.#last - this.#first) / HOUR_MS) + 1
    if (n > MOST_HOURS)
      return { fault: `时间跨度为 ${n} 小时，超过 ${MOST_HOURS} 小时；请检查是否有写错的年份` }
    const startMs = Float64Array.from({ length: n }, (_, i) => this.#first + i * HOUR_MS)
    const parameters = [...this.#parameters].map(([parameter, rows]) => this.#series(parameter, rows, n))
    return { outlet: this.outlet, medium: this.#medium ?? guessMedium(parameters), startMs, parameters }
  }

  #series(parameter: string, rows: Collected, n: number): ParameterSeries {
    const blank = () => new Float64Array(n).fill(Number.NaN)
    const columns: Record<Column, Float64Array> = {
      value: blank(),
      converted: blank(),
      o2: blank(),
      flow: blank(),
      load: blank(),
      limit: blank(),
      range: blank(),
    }
    const mark = new Array<string>(n).fill('')
    for (let k = 0; k < rows.hours.length; k++) {
      const i = Math.round(((rows.hours[k] as number) - this.#first) / HOUR_MS)
      for (const name of NUMBERS) columns[name][i] = rows.numbers[name][k] as number
      mark[i] = rows.marks[k] as string
    }
    return { parameter, mark, ...columns }
  }
}

function guessMedium(parameters: readonly ParameterSeries[]): 'air' | 'water' {
  const water = /^(w\d|cod|nh3|tp$|tn$|ph$|总|氨|化学需氧量)/i
  return parameters.some(({ parameter }) => water.test(parameter)) ? 'water' : 'air'
}
