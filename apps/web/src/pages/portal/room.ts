import type { Room } from '../../app/room.ts'

/** What only the holder of a permit does: an enterprise's first page. */
export const portalRoom: Room = {
  key: 'portal',
  pages: [
    {
      path: 'portal',
      permission: 'permit:submit',
      inNavigation: true,
      words: ['portal', 'matters', 'monitoring'],
      load: async () => (await import('./PortalPage.tsx')).PortalPage,
    },
  ],
}
