import type { Room } from '../../app/room.ts'

export const sourcesRoom: Room = {
  key: 'sources',
  pages: [
    {
      path: 'sources/enterprises',
      permission: 'registry:read',
      inNavigation: true,
      words: ['enterprises'],
      load: async () => (await import('./enterprises/EnterprisesPage.tsx')).EnterprisesPage,
    },
    {
      path: 'sources/enterprises/:id',
      permission: 'registry:read',
      inNavigation: false,
      words: ['enterprises', 'data'],
      load: async () => (await import('./enterprise/EnterprisePage.tsx')).EnterprisePage,
    },
    {
      path: 'sources/mergers',
      permission: 'registry:write',
      inNavigation: false,
      words: ['enterprises'],
      load: async () => (await import('./mergers/MergersPage.tsx')).MergersPage,
    },
    {
      path: 'sources/online',
      permission: 'source:read',
      inNavigation: true,
      words: ['monitoring'],
      load: async () => (await import('./online/OnlinePage.tsx')).OnlinePage,
    },
    {
      path: 'sources/outlets/:id',
      permission: 'source:read',
      inNavigation: false,
      words: ['monitoring'],
      load: async () => (await import('./outlet/OutletPage.tsx')).OutletPage,
    },
    {
      path: 'sources/marks',
      permission: 'source:read',
      inNavigation: true,
      words: ['monitoring'],
      load: async () => (await import('./marks/MarksPage.tsx')).MarksPage,
    },
    {
      path: 'sources/transmission',
      permission: 'source:read',
      inNavigation: true,
      words: ['monitoring'],
      load: async () => (await import('./transmission/TransmissionPage.tsx')).TransmissionPage,
    },
    {
      path: 'sources/maintenance',
      permission: 'source:read',
      inNavigation: true,
      words: ['monitoring'],
      load: async () => (await import('./maintenance/MaintenancePage.tsx')).MaintenancePage,
    },
  ],
}
