import type { DrillReport, TrainingKind, TrainingTheme } from '@shanshui/contract'

export interface TrainingRow {
  id: number
  kind: TrainingKind
  theme: TrainingTheme
  title: string
  held_on: string
  hours: number
  place: string | null
  teacher: string | null
  material: string | null
  drill: DrillReport | null
  organization_id: number
  organization_name: string
  region_code: number
  attendees: number
  version: number
}

export interface AttendanceRow {
  person: string
  user_id: number | null
  name: string
  organization: string
  signed_in: boolean
  score: number | null
  certificate_until: string | null
}

/** Who it is, the same at every event: a person of the platform by number, anybody else by body and name. */
export function personKey(one: { userId?: number; name: string; organization: string }): string {
  if (one.userId !== undefined) return `u${one.userId}`
  const plain = (text: string) => text.replace(/\s+/g, '').toLowerCase()
  return `${plain(one.organization)}|${plain(one.name)}`
}
