import type { Room } from '../../app/room.ts'

export const workRoom: Room = {
  key: 'work',
  pages: [
    {
      path: 'work/training',
      permission: 'work:read',
      inNavigation: true,
      words: ['work', 'totals', 'air'],
      load: async () => (await import('./training/TrainingPage.tsx')).TrainingPage,
    },
    {
      path: 'work/service',
      permission: 'work:read',
      inNavigation: true,
      words: ['work'],
      load: async () => (await import('./service/ServicePage.tsx')).ServicePage,
    },
    {
      path: 'work/burden',
      permission: 'work:read',
      inNavigation: true,
      words: ['work'],
      load: async () => (await import('./burden/BurdenPage.tsx')).BurdenPage,
    },
  ],
}
