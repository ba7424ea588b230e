/** From evaluated hours or days to exceedances, and which stored one each is. Pure. */
import { exceedanceEvents } from '@shanshui/standards'
import { multipleOf } from './hour-evaluation.ts'
import type { LimitRow } from './source.table.ts'

/** One factor in steps of hours or days; position i of every array is the same step. */
export interface JudgedSteps {
  readonly startMs: Float64Array
  readonly value: Float64Array
  readonly limit: Float64Array
  readonly limitId: Int32Array
  /** 0 no, 1 above the limit, 2 above it but exempt. */
  readonly over: Uint8Array
}

export interface FoundExceedance {
  readonly fromMs: number
  readonly toMs: number
  readonly hours: number
  readonly maxValue: number
  readonly multiple: number
  readonly limitId: number
  readonly exempted: boolean
}

/** Runs of consecutive steps above the limit; those in exempt hours are events of their own. */
export function findExceedances(
  steps: JudgedSteps,
  stepMs: number,
  limitOf: (id: number) => LimitRow,
): FoundExceedance[] {
  const found: FoundExceedance[] = []
  for (const kind of [1, 2]) {
    if (!steps.over.includes(kind)) continue
    const exceeds = steps.over.map((over) => (over === kind ? 1 : 0))
    const min = limitWithRange(steps, limitOf)
    for (const event of exceedanceEvents({ ...steps, exceeds, ...(min === null ? {} : { min }) }, stepMs)) {
      const limitId = steps.limitId[event.indices[0] as number] as number
      found.push({
        fromMs: event.fromMs,
        toMs: event.toMs,
        hours: event.indices.length,
        maxValue: event.maxValue,
        multiple: multipleOf(event.maxValue, limitOf(limitId)),
        limitId,
        exempted: kind === 2,
      })
    }
  }
  return found.sort((a, b) => a.fromMs - b.fromMs)
}

/** Lower bound of a range limit (pH), null where the limits have none. */
function limitWithRange(steps: JudgedSteps, limitOf: (id: number) => LimitRow): number | null {
  const id = steps.limitId.find((one) => one > 0)
  return id === undefined ? null : limitOf(id).min
}

export interface KnownExceedance {
  readonly id: number
  readonly fromMs: number
  readonly toMs: number
  readonly standing: boolean
}

export interface Matching<K extends KnownExceedance> {
  readonly pairs: readonly { known: K | undefined; found: FoundExceedance }[]
  /** Standing events that nothing supports any more. */
  readonly gone: readonly K[]
}

/**
 * Which stored event is which of the found ones: the first standing one that overlaps or touches keeps its number, one
 * that was withdrawn comes back when it began at the same step.
 */
export function matchExceedances<K extends KnownExceedance>(
  known: readonly K[],
  found: readonly FoundExceedance[],
): Matching<K> {
  const free = new Set(known)
  const pairs = found.map((event) => {
    const own = known.find(
      (one) => free.has(one) && one.standing && one.fromMs < event.toMs && one.toMs > event.fromMs,
    )
    if (own !== undefined) free.delete(own)
    return { known: own, found: event }
  })
  const settled = pairs.map((pair) => {
    if (pair.known !== undefined) return pair
    const back = [...free].find((one) => !one.standing && one.fromMs === pair.found.fromMs)
    if (back !== undefined) free.delete(back)
    return { known: back, found: pair.found }
  })
  return { pairs: settled, gone: [...free].filter((one) => one.standing) }
}

export function emptySteps(count: number) {
  return {
    startMs: new Float64Array(count),
    value: new Float64Array(count).fill(Number.NaN),
    limit: new Float64Array(count).fill(Number.NaN),
    limitId: new Int32Array(count),
    over: new Uint8Array(count),
  } satisfies JudgedSteps
}

/** Consecutive stretches as one. */
export function joinSteps(parts: readonly JudgedSteps[]): JudgedSteps {
  const whole = parts.filter((part) => part.startMs.length > 0)
  if (whole.length === 1) return whole[0] as JudgedSteps
  const all = emptySteps(whole.reduce((count, part) => count + part.startMs.length, 0))
  let at = 0
  for (const part of whole) {
    all.startMs.set(part.startMs, at)
    all.value.set(part.value, at)
    all.limit.set(part.limit, at)
    all.limitId.set(part.limitId, at)
    all.over.set(part.over, at)
    at += part.startMs.length
  }
  return all
}
