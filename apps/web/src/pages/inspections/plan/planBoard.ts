import type { InspectionPlanDetail, PlanChange, PlanVisit } from '@shanshui/contract'

const MINUTES_PER_HOUR = 60
const two = (n: number): string => String(n).padStart(2, '0')

/** `510` → `08:30` */
export function clockOf(minute: number): string {
  const whole = Math.round(minute)
  return `${two(Math.floor(whole / MINUTES_PER_HOUR))}:${two(whole % MINUTES_PER_HOUR)}`
}

/** Visits of one person on one day, in their order. */
export function visitsAt(
  plan: Pick<InspectionPlanDetail, 'visits'>,
  inspectorId: number,
  date: string,
): PlanVisit[] {
  return plan.visits
    .filter((visit) => visit.date === date && visit.inspectorIds.includes(inspectorId))
    .sort((a, b) => a.order - b.order)
}

/**
 * Who goes when a visit is dropped on a person and a day: the crew with which that person is on the road that day; a
 * person who is free takes the place of the one it was taken from, or comes along with the rest of the crew.
 */
export function crewAt(
  plan: Pick<InspectionPlanDetail, 'visits'>,
  visit: Pick<PlanVisit, 'candidateId' | 'inspectorIds'>,
  taken: number | undefined,
  onto: number,
  date: string,
): number[] {
  const other = plan.visits.find(
    (one) => one.date === date && one.inspectorIds.includes(onto) && one.candidateId !== visit.candidateId,
  )
  if (other !== undefined) return [...other.inspectorIds]
  if (visit.inspectorIds.includes(onto)) return [...visit.inspectorIds]
  const rest = visit.inspectorIds.filter((id) => id !== taken)
  return [...rest, onto].sort((a, b) => a - b)
}

/** The change that a drop means; nothing when it lies where it lay. */
export function changeOfDrop(
  plan: Pick<InspectionPlanDetail, 'visits'>,
  drop: { candidateId: string; taken: number | undefined; onto: number; date: string },
): PlanChange | undefined {
  const visit = plan.visits.find((one) => one.candidateId === drop.candidateId)
  if (visit === undefined) return undefined
  const inspectorIds = crewAt(plan, visit, drop.taken, drop.onto, drop.date)
  const same =
    visit.date === drop.date &&
    inspectorIds.length === visit.inspectorIds.length &&
    inspectorIds.every((id) => visit.inspectorIds.includes(id))
  return same ? undefined : { kind: 'move', candidateId: drop.candidateId, date: drop.date, inspectorIds }
}

/** Working days Monday to Friday of the week of a civil day, from that day on; a weekend means the next week. */
export function weekFrom(weekday: number): { from: number; to: number } {
  const FRIDAY = 4
  if (weekday > FRIDAY) return { from: 7 - weekday, to: 7 - weekday + FRIDAY }
  return { from: 0, to: FRIDAY - weekday }
}
