/**
 * The planning problem in numbers. Officers of the same home, minutes and skills are one class; a composition is how
 * many of each class make a crew; compositions that may do the same visits under the same hours are one crew kind.
 */
import type { PlanCandidate, PlanInput, PlanInspector, PlanPlace } from './plan.types.ts'
import { drivingMinutes } from './travel.ts'

/** No officer goes alone (行政处罚法 42、55). */
export const smallestCrew = 2
/** More than this drive together only in theory, and the number of crews to look at explodes. */
const LARGEST_CREW = 5

export interface OfficerClass {
  readonly home: number
  readonly minutes: number
  readonly skills: readonly string[]
  readonly ids: readonly number[]
}

export interface CrewKind {
  /** What the day of a crew has to respect: for each home in it the shortest working day of those who live there. */
  readonly members: readonly { readonly home: number; readonly minutes: number }[]
  /** By candidate: 1 where enough officers with the skills are in the crew. */
  readonly allowed: Uint8Array
}

export interface Composition {
  /** Officers of each class, by class index. */
  readonly counts: readonly number[]
  readonly size: number
  readonly kind: number
}

export interface PlanDay {
  readonly date: string
  /** Ids of the officers at work, by class. */
  readonly officers: readonly (readonly number[])[]
  /** By candidate: 1 where the day lies in its window. */
  readonly open: Uint8Array
}

export interface PlanModel {
  readonly input: PlanInput
  /** Candidates that may be planned at all: not blocked. */
  readonly candidates: readonly PlanCandidate[]
  /** Minutes of driving between candidates, row by row. */
  readonly between: Int32Array
  /** Minutes of driving from each home to each candidate, row by row. */
  readonly toHome: Int32Array
  /** Fewest minutes that a candidate adds to a route: on site and the shortest way to it. */
  readonly least: Int32Array
  readonly classes: readonly OfficerClass[]
  readonly kinds: readonly CrewKind[]
  readonly compositions: readonly Composition[]
  readonly days: readonly PlanDay[]
}

/** Throws RangeError, in words, on input that has no meaning. */
export function planModel(input: PlanInput): PlanModel {
  checkInput(input)
  const candidates = input.candidates.filter(({ blocked }) => blocked === undefined)
  const homes: PlanPlace[] = []
  const classes = classesOf(input.inspectors, homes)
  const drive = (a: PlanPlace, b: PlanPlace) => drivingMinutes(a, b, input)
  const between = Int32Array.from(candidates.flatMap((a) => candidates.map((b) => drive(a.place, b.place))))
  const toHome = Int32Array.from(homes.flatMap((home) => candidates.map(({ place }) => drive(home, place))))
  const dates = [...new Set(input.days)].toSorted()
  const days = dates.map((date): PlanDay => {
    const atWork = new Set(input.inspectors.filter((i) => i.dates.includes(date)).map(({ id }) => id))
    return {
      date,
      officers: classes.map(({ ids }) => ids.filter((id) => atWork.has(id))),
      open: Uint8Array.from(candidates, (candidate) => (isOpenOn(candidate, date) ? 1 : 0)),
    }
  })
  const { kinds, compositions } = crewsOf(classes, candidates, largestCrew(input, classes, candidates))
  const least = leastMinutes(candidates, between, toHome)
  return { input, candidates, between, toHome, least, classes, kinds, compositions, days }
}

function leastMinutes(
  candidates: readonly PlanCandidate[],
  between: Int32Array,
  toHome: Int32Array,
): Int32Array {
  const n = candidates.length
  return Int32Array.from(candidates, ({ minutes }, visit) => {
    let nearest = Number.POSITIVE_INFINITY
    for (let other = 0; other < n; other++)
      if (other !== visit) nearest = Math.min(nearest, between[other * n + visit] ?? 0)
    for (let at = visit; at < toHome.length; at += n) nearest = Math.min(nearest, toHome[at] ?? 0)
    return minutes + nearest
  })
}

export const isOpenOn = ({ from, by }: PlanCandidate, date: string): boolean =>
  (from === undefined || date >= from) && (by === undefined || date <= by)

/** Officers that a visit needs: two at least. */
export const peopleOf = ({ people }: PlanCandidate): number => Math.max(smallestCrew, people)

function checkInput({ inspectors, candidates, roadFactor, speedKmh }: PlanInput): void {
  if (!(roadFactor >= 1)) throw new RangeError(`道路系数应不小于1，收到${roadFactor}`)
  if (!(speedKmh > 0)) throw new RangeError(`平均车速应大于0，收到${speedKmh}`)
  const twice = repeated(candidates.map(({ id }) => id)) ?? repeated(inspectors.map(({ id }) => String(id)))
  if (twice !== undefined) throw new RangeError(`编号重复：${twice}`)
  const bad = candidates.find(
    ({ minutes, value }) => !(Number.isInteger(minutes) && minutes >= 1) || !(value >= 0),
  )
  if (bad !== undefined)
    throw new RangeError(
      `${bad.title}：现场用时应为不小于1的整数分钟，价值不得为负（${bad.minutes}，${bad.value}）`,
    )
}

function repeated(ids: readonly string[]): string | undefined {
  return ids.find((id, index) => ids.indexOf(id) !== index)
}

function classesOf(inspectors: readonly PlanInspector[], homes: PlanPlace[]): readonly OfficerClass[] {
  const groups = Map.groupBy(inspectors, ({ home, minutesPerDay, skills }) =>
    JSON.stringify([home.lon, home.lat, minutesPerDay, [...new Set(skills)].toSorted()]),
  )
  return [...groups.values()].map((group): OfficerClass => {
    const [{ home, minutesPerDay, skills }] = group as [PlanInspector]
    let index = homes.findIndex(({ lon, lat }) => lon === home.lon && lat === home.lat)
    if (index < 0) index = homes.push(home) - 1
    const ids = group.map(({ id }) => id).toSorted((a, b) => a - b)
    return { home: index, minutes: Math.floor(minutesPerDay), skills: [...new Set(skills)].toSorted(), ids }
  })
}

/** The crew size asked for, else the smallest that does every candidate that some crew can do. */
function largestCrew(
  { settings: { crewMax } }: PlanInput,
  classes: readonly OfficerClass[],
  candidates: readonly PlanCandidate[],
): number {
  if (crewMax !== undefined) return Math.min(LARGEST_CREW, Math.max(smallestCrew, Math.floor(crewMax)))
  const all = classes.map(({ ids }) => ids.length)
  let size = smallestCrew
  const isDoable = (candidate: PlanCandidate, upTo: number) =>
    compositionCounts(all, upTo).some((counts) => suffices(counts, classes, candidate))
  const open = candidates.filter((candidate) => !isDoable(candidate, size))
  while (size < LARGEST_CREW && open.some((candidate) => !isDoable(candidate, size))) {
    if (!open.some((candidate) => !isDoable(candidate, size) && isDoable(candidate, LARGEST_CREW))) break
    size++
  }
  return size
}

const sizeOf = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0)

function suffices(
  counts: readonly number[],
  classes: readonly OfficerClass[],
  candidate: PlanCandidate,
): boolean {
  if (sizeOf(counts) < peopleOf(candidate)) return false
  return candidate.skills.every((skill) =>
    classes.some((officers, index) => (counts[index] ?? 0) > 0 && officers.skills.includes(skill)),
  )
}

/** Every way to take `smallestCrew` … `largest` officers out of the classes. */
function compositionCounts(available: readonly number[], largest: number): number[][] {
  const made: number[][] = []
  const extend = (index: number, counts: number[], size: number): void => {
    if (index === available.length) {
      if (size >= smallestCrew) made.push(counts)
      return
    }
    for (let count = 0; count <= Math.min(available[index] ?? 0, largest - size); count++)
      extend(index + 1, [...counts, count], size + count)
  }
  extend(0, [], 0)
  return made.toSorted((a, b) => sizeOf(a) - sizeOf(b))
}

function crewsOf(
  classes: readonly OfficerClass[],
  candidates: readonly PlanCandidate[],
  largest: number,
): { kinds: readonly CrewKind[]; compositions: readonly Composition[] } {
  const kinds = new Map<string, { index: number; kind: CrewKind }>()
  const compositions: Composition[] = []
  const allowedOf = new Map<string, string>()
  for (const counts of compositionCounts(
    classes.map(({ ids }) => ids.length),
    largest,
  )) {
    const allowed = Uint8Array.from(candidates, (candidate) => (suffices(counts, classes, candidate) ? 1 : 0))
    const mask = allowed.join('')
    allowedOf.set(counts.join(), mask)
    // A crew that may do no more than a part of it has no use: the part is as good and leaves officers free.
    const isDominated = counts.some((count, at) => {
      const part = counts.with(at, count - 1)
      return count > 0 && sizeOf(part) >= smallestCrew && allowedOf.get(part.join()) === mask
    })
    if (isDominated || !mask.includes('1')) continue
    const members = membersOf(counts, classes)
    const key = `${JSON.stringify(members)} ${mask}`
    const known = kinds.get(key) ?? { index: kinds.size, kind: { members, allowed } }
    kinds.set(key, known)
    compositions.push({ counts, size: sizeOf(counts), kind: known.index })
  }
  return { kinds: [...kinds.values()].map(({ kind }) => kind), compositions }
}

function membersOf(counts: readonly number[], classes: readonly OfficerClass[]): CrewKind['members'] {
  const shortest = new Map<number, number>()
  classes.forEach(({ home, minutes }, index) => {
    if ((counts[index] ?? 0) > 0) shortest.set(home, Math.min(minutes, shortest.get(home) ?? minutes))
  })
  return [...shortest].map(([home, minutes]) => ({ home, minutes })).toSorted((a, b) => a.home - b.home)
}
