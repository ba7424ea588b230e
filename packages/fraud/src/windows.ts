/** Stretches [from, to) of positions. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

/** Stretches in order, those that overlap or lie at most `gap` apart made one. */
export function joined<T extends Stretch>(
  stretches: readonly T[],
  gap: number,
  unite: (a: T, b: T) => T,
): T[] {
  const result: T[] = []
  for (const each of [...stretches].sort((a, b) => a.from - b.from || a.to - b.to)) {
    const last = result[result.length - 1]
    if (last !== undefined && each.from <= last.to + gap) result[result.length - 1] = unite(last, each)
    else result.push(each)
  }
  return result
}

export function joinedStretches(stretches: readonly Stretch[], gap: number): Stretch[] {
  return joined(stretches, gap, (a, b) => ({ from: a.from, to: Math.max(a.to, b.to) }))
}

export function overlap(a: Stretch, b: Stretch): number {
  return Math.max(0, Math.min(a.to, b.to) - Math.max(a.from, b.from))
}

/** Of overlapping stretches the strongest stays; in order. */
export function strongestApart<T extends Stretch & { readonly z: number }>(found: readonly T[]): T[] {
  const kept: T[] = []
  for (const each of [...found].sort((a, b) => b.z - a.z))
    if (kept.every((other) => overlap(each, other) === 0)) kept.push(each)
  return kept.sort((a, b) => a.from - b.from)
}

/** The stretches in which a predicate holds for every position. */
export function runsWhere(n: number, holds: (i: number) => boolean): Stretch[] {
  const result: Stretch[] = []
  let start = -1
  for (let i = 0; i <= n; i++) {
    const on = i < n && holds(i)
    if (on && start < 0) start = i
    if (!on && start >= 0) {
      result.push({ from: start, to: i })
      start = -1
    }
  }
  return result
}
