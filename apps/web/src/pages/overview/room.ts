import type { Room } from '../../app/room.ts'

export const overviewRoom: Room = {
  key: 'overview',
  pages: [
    {
      path: 'overview',
      permission: 'air:read',
      inNavigation: true,
      words: ['overview', 'air', 'matters'],
      load: async () => (await import('./OverviewPage.tsx')).OverviewPage,
    },
  ],
}
