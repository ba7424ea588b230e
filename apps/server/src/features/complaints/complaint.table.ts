import type { ComplaintChannel, ComplaintNature, ComplaintTheme, ComplaintUrgency } from '@shanshui/contract'

export interface StoredAnswer {
  readonly atMs: number
  readonly way: string
  readonly text: string
  readonly by: string
}

/** A ticket with the names that go with it; times in epoch milliseconds. */
export interface ComplaintRow {
  id: number
  number: string
  region_code: number
  region_name: string | null
  owner_id: number
  channel: ComplaintChannel
  outer_number: string | null
  platform_number: string | null
  title: string
  content: string
  theme: ComplaintTheme
  urgency: ComplaintUrgency
  nature: ComplaintNature
  named: boolean
  campaign: string | null
  place: string | null
  lon: number | null
  lat: number | null
  enterprise_id: number | null
  enterprise_name: string | null
  accused: string | null
  occurred_on: string | null
  received_ms: number
  problem_id: number | null
  problem_number: string | null
  matter_id: number | null
  matter_number: string | null
  merged_into: number | null
  merged_number: string | null
  children: number
  repeats: number
  state: string
  phase: 'open' | 'watched' | 'closed' | 'dropped'
  waits_names: string[]
  due_clock: string | null
  due_started_ms: number | null
  due_ms: number | null
  due_provisional: boolean
  inform_due_ms: number | null
  accepted_ms: number | null
  finish_due_ms: number | null
  extended: boolean
  answered_ms: number | null
  finished_ms: number | null
  verdict: string | null
  satisfaction: string | null
  answers: StoredAnswer[]
  look_up_hash: Buffer | null
  version: number
}

/** What is written when a complaint comes in. */
export interface NewComplaint {
  readonly number: string
  readonly regionCode: number
  readonly ownerId: number
  readonly channel: ComplaintChannel
  readonly outerNumber: string | null
  readonly platformNumber: string | null
  readonly title: string
  readonly content: string
  readonly theme: ComplaintTheme
  readonly urgency: ComplaintUrgency
  readonly nature: ComplaintNature
  readonly named: boolean
  readonly campaign: string | null
  readonly place: string | null
  readonly lon: number | null
  readonly lat: number | null
  readonly enterpriseId: number | null
  readonly accused: string | null
  readonly occurredOn: string | null
  readonly receivedMs: number
  readonly registeredMs: number
  readonly registeredBy: number | null
  readonly repeats: number
  readonly commandId: string | null
}
