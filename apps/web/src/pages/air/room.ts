import type { Room } from '../../app/room.ts'

const page = { permission: 'air:read', inNavigation: true, group: 'air', words: ['air'] } as const

export const airRoom: Room = {
  key: 'quality',
  pages: [
    { ...page, path: 'air/year', load: async () => (await import('./year/YearPage.tsx')).YearPage },
    { ...page, path: 'air/hours', load: async () => (await import('./hours/HoursPage.tsx')).HoursPage },
    { ...page, path: 'air/months', load: async () => (await import('./months/MonthsPage.tsx')).MonthsPage },
    {
      ...page,
      path: 'air/ranking',
      load: async () => (await import('./ranking/RankingPage.tsx')).RankingPage,
    },
    {
      ...page,
      path: 'air/percentiles',
      load: async () => (await import('./percentiles/PercentilesPage.tsx')).PercentilesPage,
    },
    { ...page, path: 'air/map', load: async () => (await import('./map/MapPage.tsx')).MapPage },
    {
      ...page,
      path: 'air/stations/:id',
      permission: 'series:read',
      inNavigation: false,
      words: ['air', 'station'],
      load: async () => (await import('./station/StationPage.tsx')).StationPage,
    },
  ],
}
