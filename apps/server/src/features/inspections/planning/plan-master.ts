/**
 * The choice among crew days as a linear programme for HiGHS. A column z for each visit (0 … 1) earns its value, a
 * column for each crew day makes its visits possible and uses officers of their class on that day:
 *   max Σ (value + bonus of a mandatory one) z   with   z_i ≤ Σ crew days with i,   Σ officers of a class on a day ≤ those at work.
 * A visit in two chosen crew days counts once.
 */
import type { Highs, Model } from 'highs'
import { type CrewDay, compositionOf, isMandatory, worthOfVisit } from './crew-day.ts'
import type { PlanModel } from './plan-model.ts'

export interface Prices {
  /** By visit: what it is worth to a further crew day. */
  readonly visits: Float64Array
  /** By day and class: what an officer costs there. */
  readonly officers: Float64Array
  /** By day and class: officers that no kept crew day has taken. */
  readonly free: Int32Array
  /** Objective of the linear programme. */
  readonly objective: number
}

export interface Choice {
  readonly crewDays: readonly CrewDay[]
  readonly isOptimal: boolean
}

const PRIMAL_SIMPLEX = 4

export class PlanMaster {
  readonly #highs: Highs
  readonly #model: Model
  readonly #plan: PlanModel
  readonly #bonus: number
  readonly #columns: CrewDay[] = []
  readonly #known = new Set<string>()
  readonly #kept = new Set<number>()
  #demanded = false
  readonly #closed = new Set<number>()
  /** Officers not kept by a crew day yet, by day and class. */
  readonly #free: Int32Array

  /** `bonus` is what a mandatory visit is worth besides its value. Dispose it when done: it holds memory of the solver. */
  constructor(highs: Highs, plan: PlanModel, bonus: number) {
    this.#highs = highs
    this.#plan = plan
    this.#bonus = bonus
    const n = plan.candidates.length
    const rows = n + plan.days.length * plan.classes.length
    const counts = plan.days.flatMap(({ officers }) => officers.map((ids) => ids.length))
    this.#free = Int32Array.from(counts)
    this.#model = highs.createModel({
      numCols: n,
      numRows: rows,
      sense: highs.constants.objectiveSense.maximize,
      colCost: plan.candidates.map((_, visit) => this.#gain(visit)),
      colLower: new Float64Array(n),
      colUpper: new Float64Array(n).fill(1),
      rowLower: new Float64Array(rows).fill(-highs.infinity),
      rowUpper: [...new Float64Array(n), ...counts],
      matrix: {
        format: 'csc',
        numRows: rows,
        numCols: n,
        starts: Int32Array.from({ length: n + 1 }, (_, index) => index),
        indices: Int32Array.from({ length: n }, (_, index) => index),
        values: new Float64Array(n).fill(1),
      },
    })
    this.#model.options.set({
      output_flag: false,
      random_seed: plan.input.settings.seed & 0x7fffffff,
      // New columns leave the old basis feasible for the primal simplex.
      simplex_strategy: PRIMAL_SIMPLEX,
    })
  }

  get size(): number {
    return this.#columns.length
  }

  #gain(visit: number): number {
    return worthOfVisit(this.#plan, visit) + (isMandatory(this.#plan, visit) ? this.#bonus : 0)
  }

  /** Adds crew days that are not there yet; how many were new. */
  add(crewDays: readonly CrewDay[]): number {
    const fresh = crewDays.filter((crewDay) => {
      const key = keyOf(crewDay)
      if (this.#known.has(key)) return false
      this.#known.add(key)
      return true
    })
    const starts = [0]
    const indices: number[] = []
    const values: number[] = []
    const n = this.#plan.candidates.length
    for (const crewDay of fresh) {
      for (const visit of crewDay.route.toSorted((a, b) => a - b)) {
        indices.push(visit)
        values.push(-1)
      }
      compositionOf(this.#plan, crewDay).counts.forEach((count, at) => {
        if (count === 0) return
        indices.push(n + crewDay.day * this.#plan.classes.length + at)
        values.push(count)
      })
      starts.push(indices.length)
    }
    if (fresh.length === 0) return 0
    this.#model.addCols({
      cost: new Float64Array(fresh.length),
      lower: new Float64Array(fresh.length),
      // A crew day twice gains nothing; without the bound its price stays in the officers.
      upper: new Float64Array(fresh.length).fill(this.#highs.infinity),
      matrix: {
        format: 'csc',
        numRows: n + this.#plan.days.length * this.#plan.classes.length,
        numCols: fresh.length,
        starts: Int32Array.from(starts),
        indices: Int32Array.from(indices),
        values: Float64Array.from(values),
      },
    })
    this.#columns.push(...fresh)
    return fresh.length
  }

  /** Solves the linear programme. Undefined when it did not end. */
  prices(seconds: number): Prices | undefined {
    this.#limit(seconds)
    this.#model.run()
    if (this.#model.getModelStatus() !== this.#highs.constants.modelStatus.optimal) return undefined
    const { rowDual } = this.#model.getSolution()
    const n = this.#plan.candidates.length
    return {
      visits: Float64Array.from(rowDual.subarray(0, n), positive),
      officers: Float64Array.from(rowDual.subarray(n), positive),
      free: this.#free,
      objective: this.#model.getObjectiveValue(),
    }
  }

  /**
   * Takes the crew days that the last linear programme wants most and keeps them from here on: all of a share of
   * `certain` and more, else the one it wants most. Columns that the officers left over cannot fill are closed. False
   * when the programme wants no further one.
   */
  keepNext(certain: number): boolean {
    const n = this.#plan.candidates.length
    const { colValue } = this.#model.getSolution()
    const wanted = [...this.#columns.keys()]
      .filter((column) => !this.#kept.has(column) && (colValue[n + column] ?? 0) > 1e-6)
      .toSorted((a, b) => (colValue[n + b] ?? 0) - (colValue[n + a] ?? 0) || a - b)
    let taken = 0
    for (const column of wanted) {
      if (taken > 0 && (colValue[n + column] ?? 0) < certain) break
      const crewDay = this.#columns[column]
      if (crewDay === undefined || !this.#fits(crewDay)) continue
      this.#keep(column, crewDay)
      taken++
    }
    this.#closeUnfit()
    return taken > 0
  }

  #keep(column: number, crewDay: CrewDay): void {
    this.#kept.add(column)
    this.#model.changeColBounds(this.#plan.candidates.length + column, 1, 1)
    compositionOf(this.#plan, crewDay).counts.forEach((count, at) => {
      const place = crewDay.day * this.#plan.classes.length + at
      this.#free[place] = (this.#free[place] ?? 0) - count
    })
  }

  #fits(crewDay: CrewDay): boolean {
    const first = crewDay.day * this.#plan.classes.length
    return compositionOf(this.#plan, crewDay).counts.every(
      (count, at) => count <= (this.#free[first + at] ?? 0),
    )
  }

  #closeUnfit(): void {
    this.#columns.forEach((crewDay, column) => {
      if (this.#kept.has(column) || this.#closed.has(column) || this.#fits(crewDay)) return
      this.#closed.add(column)
      this.#model.changeColBounds(this.#plan.candidates.length + column, 0, 0)
    })
  }

  get kept(): readonly CrewDay[] {
    return [...this.#kept].flatMap((column) => this.#columns[column] ?? [])
  }

  /**
   * Chooses whole crew days, starting from `start`, whose crew days have to be columns. With `days` only those are
   * chosen anew, the others stay as they are in `start`.
   */
  choose(
    start: readonly CrewDay[],
    options: {
      readonly seconds: number
      readonly relativeGap: number
      readonly mandatoryAtLeast?: number
      readonly days?: ReadonlySet<number>
    },
  ): Choice | undefined {
    const n = this.#plan.candidates.length
    const count = this.#columns.length
    if (count === 0) return { crewDays: [], isOptimal: true }
    const values = this.#start(start)
    const isFree = ({ day }: CrewDay) => options.days?.has(day) !== false
    const range = { kind: 'range', from: n, to: n + count - 1 } as const
    this.#model.changeColsBounds(
      range,
      this.#columns.map((crewDay, column) => (isFree(crewDay) ? 0 : (values[n + column] ?? 0))),
      this.#columns.map((crewDay, column) => (isFree(crewDay) ? 1 : (values[n + column] ?? 0))),
    )
    const { integer } = this.#highs.constants.variableType
    this.#model.changeColsIntegrality(range, new Int32Array(count).fill(integer))
    if (options.mandatoryAtLeast !== undefined) this.#demandMandatory(options.mandatoryAtLeast)
    this.#model.options.set({ mip_rel_gap: options.relativeGap, mip_abs_gap: 1e-6 })
    this.#limit(options.seconds)
    this.#model.setSolution({ colValue: values })
    this.#model.run()
    const { optimal, timeLimit } = this.#highs.constants.modelStatus
    const status = this.#model.getModelStatus()
    if (status !== optimal && status !== timeLimit) return undefined
    const { colValue } = this.#model.getSolution()
    if (colValue.length !== n + count) return undefined
    const crewDays = this.#columns.filter((_, column) => (colValue[n + column] ?? 0) > 0.5)
    return { crewDays, isOptimal: status === optimal }
  }

  /** No choice with fewer mandatory visits than so many. */
  #demandMandatory(count: number): void {
    const indices = this.#plan.candidates.map((_, visit) => visit).filter((v) => isMandatory(this.#plan, v))
    if (count === 0 || this.#demanded) return
    this.#demanded = true
    this.#model.addRow(count, this.#highs.infinity, { indices, values: indices.map(() => 1) })
  }

  #start(crewDays: readonly CrewDay[]): Float64Array {
    const n = this.#plan.candidates.length
    const chosen = new Set(crewDays.map(keyOf))
    const values = new Float64Array(n + this.#columns.length)
    this.#columns.forEach((crewDay, column) => {
      if (!chosen.delete(keyOf(crewDay))) return
      values[n + column] = 1
      for (const visit of crewDay.route) values[visit] = 1
    })
    return values
  }

  #limit(seconds: number): void {
    this.#model.zeroAllClocks()
    this.#model.options.set('time_limit', Math.max(0.05, seconds))
  }

  dispose(): void {
    this.#model.dispose()
  }
}

const positive = (dual: number) => Math.max(0, dual)

const keyOf = ({ day, composition, route }: CrewDay): string =>
  `${day} ${composition} ${route.toSorted((a, b) => a - b).join()}`
