/** How the story of a matter is told: who did what how many days ago, with which proof. */

import { dayOf, isoDate } from '../calendar.ts'

export interface StoryEvidence {
  readonly demand: string
  readonly kind: 'photo' | 'document' | 'data'
  readonly title: string
}

export interface StoryStep {
  readonly transition: string
  readonly daysAgo: number
  /** login of the demo */
  readonly by: string
  readonly fields?: Readonly<Record<string, unknown>>
  readonly evidence?: readonly StoryEvidence[]
  readonly reason?: string
  readonly lookBackMonths?: number
}

/** Organizations by the codes of people.ts; `owner` by the key of the cast. */
export interface StoryParties {
  readonly overseer?: string
  readonly handler?: string
  readonly acceptor?: string
  readonly reviewer?: string
  readonly owner?: string
}

export interface StoryMatter {
  readonly workflow: string
  readonly title: string
  readonly regionCode: number
  /** key of the cast */
  readonly enterprise?: string
  /** code of a feature of the registry that is not an enterprise, as `kind:code` */
  readonly feature?: string
  readonly place?: { readonly lon: number; readonly lat: number }
  readonly openedDaysAgo: number
  readonly openedBy: string
  readonly parties: StoryParties
  readonly fields?: Readonly<Record<string, unknown>>
  readonly steps: readonly StoryStep[]
  /** The problem that it treats; left out for plans and promises. */
  readonly problem?: {
    readonly source: string
    readonly ref?: string
    readonly theme: string
    readonly detail: string
    readonly causes?: readonly (readonly [kind: string, text: string])[]
  }
}

/** Civil day (Beijing) so many days before `nowMs`; negative: after. */
export const dayBefore = (nowMs: number, days: number): string => isoDate(dayOf(nowMs) - days)
