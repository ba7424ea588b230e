import type { HourReason, MissingHours } from '@shanshui/contract'

/** Whose matter a missing hour is; the grid is coloured by this, the words say the rest. */
export type Party = 'none' | 'waiting' | 'planned' | 'device' | 'link' | 'data' | 'platform'

export const partyOf: Readonly<Record<HourReason, Party>> = {
  complete: 'none',
  'not-yet-due': 'waiting',
  'not-in-operation': 'planned',
  'planned-stop': 'planned',
  'device-stopped': 'device',
  'device-maintenance': 'device',
  'device-fault': 'device',
  'device-calibrating': 'device',
  'device-link': 'device',
  'device-no-value': 'device',
  'time-rejected': 'data',
  quarantined: 'data',
  'platform-down': 'platform',
  'never-connected': 'link',
  'link-down': 'link',
  'not-sent': 'link',
  'no-file': 'data',
}

export const parties: readonly Party[] = ['none', 'device', 'link', 'data', 'platform', 'planned', 'waiting']

/** Hours by station and reason; every hour has exactly one, so that a row sums to the number of hours. */
export function countReasons(
  data: MissingHours,
): { station: string; pointId: number; counts: readonly number[] }[] {
  return data.stations.map((station) => {
    const counts = data.reasons.map(() => 0)
    for (const cell of station.cells) counts[cell] = (counts[cell] ?? 0) + 1
    return { station: station.pointName, pointId: station.pointId, counts }
  })
}
