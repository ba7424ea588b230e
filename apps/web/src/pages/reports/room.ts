import type { Room } from '../../app/room.ts'

const page = { permission: 'report:read', inNavigation: true } as const

export const reportsRoom: Room = {
  key: 'reports',
  pages: [
    {
      ...page,
      path: 'reports/list',
      load: async () => (await import('./list/ReportListPage.tsx')).ReportListPage,
    },
    { ...page, path: 'reports/check', load: async () => (await import('./check/CheckPage.tsx')).CheckPage },
    {
      ...page,
      path: 'reports/:id',
      inNavigation: false,
      load: async () => (await import('./report/ReportPage.tsx')).ReportPage,
    },
  ],
}
