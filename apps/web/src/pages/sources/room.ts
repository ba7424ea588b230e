import type { Room } from '../../app/room.ts'

export const sourcesRoom: Room = {
  key: 'sources',
  pages: [],
}
