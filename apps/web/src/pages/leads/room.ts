import type { Room } from '../../app/room.ts'

export const leadsRoom: Room = {
  key: 'leads',
  pages: [],
}
