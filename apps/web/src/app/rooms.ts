import { airRoom } from '../pages/air/room.ts'
import { bureauRoom } from '../pages/bureau/room.ts'
import { dataRoom } from '../pages/data/room.ts'
import { inspectionsRoom } from '../pages/inspections/room.ts'
import { leadsRoom } from '../pages/leads/room.ts'
import { mattersRoom } from '../pages/matters/room.ts'
import { overviewRoom } from '../pages/overview/room.ts'
import { portalRoom } from '../pages/portal/room.ts'
import { reportsRoom } from '../pages/reports/room.ts'
import { sourcesRoom } from '../pages/sources/room.ts'
import { systemRoom } from '../pages/system/room.ts'
import { targetsRoom } from '../pages/targets/room.ts'
import type { Room } from './room.ts'

/** Navigation and routes in the order of the screen; a room without pages in this release is not listed. */
export const rooms: readonly Room[] = [
  portalRoom,
  overviewRoom,
  airRoom,
  sourcesRoom,
  leadsRoom,
  mattersRoom,
  inspectionsRoom,
  bureauRoom,
  targetsRoom,
  reportsRoom,
  dataRoom,
  systemRoom,
]
