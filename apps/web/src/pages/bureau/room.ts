import type { Room } from '../../app/room.ts'

export const bureauRoom: Room = {
  key: 'bureau',
  pages: [
    {
      path: 'bureau/training',
      permission: 'bureau:read',
      inNavigation: true,
      words: ['bureau', 'totals', 'air'],
      load: async () => (await import('./training/TrainingPage.tsx')).TrainingPage,
    },
    {
      path: 'bureau/service',
      permission: 'bureau:read',
      inNavigation: true,
      words: ['bureau'],
      load: async () => (await import('./service/ServicePage.tsx')).ServicePage,
    },
    {
      path: 'bureau/burden',
      permission: 'bureau:read',
      inNavigation: true,
      words: ['bureau'],
      load: async () => (await import('./burden/BurdenPage.tsx')).BurdenPage,
    },
  ],
}
