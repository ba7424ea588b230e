import type { Room } from '../../app/room.ts'

export const targetsRoom: Room = {
  key: 'targets',
  pages: [
    {
      path: 'targets',
      permission: 'target:read',
      inNavigation: true,
      load: async () => (await import('./TargetsPage.tsx')).TargetsPage,
    },
  ],
}
