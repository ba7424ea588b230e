/**
 * What the planner is asked and what it answers. The problem (docs/adr/0017-inspection-planning.md): on a day some
 * officers form crews; a crew of two or more visits enterprises one after another, together all day; every member
 * leaves home in time for the first visit and is home again within the working minutes of the day.
 */

export interface PlanPlace {
  readonly lon: number
  readonly lat: number
}

export interface PlanInspector {
  readonly id: number
  readonly name: string
  readonly home: PlanPlace
  /** Civil days on which the officer can be planned. */
  readonly dates: readonly string[]
  readonly minutesPerDay: number
  readonly skills: readonly string[]
}

export type PlanKind = 'lead' | 'complaint' | 'look-back' | 'quota' | 'risk'

export interface PlanCandidate {
  readonly id: string
  readonly title: string
  readonly place: PlanPlace
  /** On site. */
  readonly minutes: number
  /** Officers on site; two at least, whatever is written here (行政处罚法 42、55). */
  readonly people: number
  /** The crew has each of them in at least one member. */
  readonly skills: readonly string[]
  /** Expected risk covered by the visit, 0–100. */
  readonly value: number
  readonly kind: PlanKind
  /** Planned before anything else. */
  readonly mandatory?: boolean
  /** First and last civil day on which the visit makes sense. */
  readonly from?: string
  readonly by?: string
  /** 无事不扰: why it must not be visited. Never planned. */
  readonly blocked?: string
}

export interface PlanSettings {
  /** Breaks ties; the same seed and input give the same plan as long as no time limit is reached. */
  readonly seed: number
  /** Minute of the day at which work begins: 510 is 08:30. */
  readonly startMinute: number
  /** Largest crew that may be formed; by default the smallest that can do every candidate that anybody can do. */
  readonly crewMax?: number
}

export interface PlanInput {
  readonly inspectors: readonly PlanInspector[]
  readonly candidates: readonly PlanCandidate[]
  readonly days: readonly string[]
  /** Road kilometres for one kilometre as the crow flies. */
  readonly roadFactor: number
  readonly speedKmh: number
  readonly settings: PlanSettings
}

export interface PlanVisit {
  readonly candidateId: string
  readonly date: string
  /** Ascending; the whole crew. */
  readonly inspectorIds: readonly number[]
  /** 1 for the first of the crew's day. */
  readonly order: number
  /** Minutes of driving to this visit: from the previous one, or from the farthest home of the crew. */
  readonly travelMinutes: number
  /** Minute of the day at which the visit begins. */
  readonly startMinute: number
}

export type LeftOutReason =
  /** 无事不扰. */
  | 'blocked'
  /** No crew that can be formed on any day has the skills. */
  | 'skill-missing'
  /** No planned day lies between `from` and `by`. */
  | 'out-of-window'
  /** Even a day with this visit alone is too short: too far or too long. */
  | 'too-long'
  /** Days are full, and what was taken is worth more for its minutes. */
  | 'lower-value'
  /** Days are full; worth as much for its minutes as what was taken, but no day has room for it. */
  | 'no-capacity'

export interface LeftOut {
  readonly candidateId: string
  readonly reason: LeftOutReason
  readonly zh: string
}

export interface DayLoad {
  readonly inspectorId: number
  readonly date: string
  /** Driving and work on site; never more than the inspector's minutes of the day. */
  readonly minutes: number
  readonly travelMinutes: number
}

/** Why a visit is in the plan. */
export interface VisitReason {
  readonly candidateId: string
  /** Risk covered for one officer-minute, driving included. */
  readonly valuePerMinute: number
  readonly zh: string
}

export interface PlanExplanation {
  readonly visits: readonly VisitReason[]
  /** Lines for the head of the sheet. */
  readonly summary: readonly string[]
  readonly personDaysAvailable: number
  readonly personDaysUsed: number
  /** Expected risk covered per person-day used; null when nobody drives. */
  readonly valuePerPersonDay: number | null
  readonly mandatoryPlanned: number
  readonly mandatoryAsked: number
  /** What `bound` is: proven by listing every route, or by a relaxation. */
  readonly boundZh: string
}

/**
 * `optimal`: every route was listed and the choice among them is proven best. `time-limit`: the best that was found,
 * `bound` says how good it can be at most. `greedy`: the solver did not answer; the plan by rule of thumb.
 */
export type PlanMethod = 'optimal' | 'time-limit' | 'greedy'

export interface Plan {
  readonly visits: readonly PlanVisit[]
  readonly leftOut: readonly LeftOut[]
  readonly load: readonly DayLoad[]
  /** Σ value of the visits. */
  readonly value: number
  /** No plan with as many mandatory visits is worth more than this. */
  readonly bound: number
  /** (bound − value) / bound; 0 when nothing can be planned. */
  readonly gap: number
  readonly method: PlanMethod
  /** What the rule of thumb alone reaches. */
  readonly greedyValue: number
  readonly seconds: number
  readonly explain: PlanExplanation
}

export interface WhatIf {
  readonly plan: Plan
  /** Value more than without them. */
  readonly gain: number
}

export type PlanChange =
  | { readonly kind: 'remove'; readonly candidateId: string }
  /** Moves a visit into the day of a crew; a crew that is not on the road that day is formed. `order` absent: where it costs least. */
  | {
      readonly kind: 'move' | 'add'
      readonly candidateId: string
      readonly date: string
      readonly inspectorIds: readonly number[]
      readonly order?: number
    }

export type ChangeWarningCode =
  | 'minutes-exceeded'
  | 'one-officer'
  | 'officer-missing'
  | 'crew-split'
  | 'skill-missing'
  | 'people-missing'
  | 'out-of-window'
  | 'blocked'
  | 'mandatory-removed'

export interface ChangeWarning {
  readonly code: ChangeWarningCode
  readonly zh: string
  /** The change must not be saved. The others need a reason in words. */
  readonly hard: boolean
}

export interface ChangeCost {
  readonly feasible: boolean
  readonly valueDifference: number
  readonly travelDifference: number
  readonly warnings: readonly ChangeWarning[]
  /** Visits and load after the change, whether feasible or not. */
  readonly visits: readonly PlanVisit[]
  readonly load: readonly DayLoad[]
}

export interface PlanOptions {
  /** Wall-clock limit of the solver. */
  readonly seconds: number
  /** 0: small cases are planned by price too, so that this way can be measured against the optimum. */
  readonly listingSteps?: number
}
