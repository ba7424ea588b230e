import type { Room } from '../../app/room.ts'

export const dataRoom: Room = {
  key: 'data',
  pages: [
    {
      path: 'data/registry',
      permission: 'registry:read',
      inNavigation: true,
      load: async () => (await import('./registry/RegistryPage.tsx')).RegistryPage,
    },
    {
      path: 'data/gateway',
      permission: 'gateway:read',
      inNavigation: true,
      load: async () => (await import('./gateway/GatewayPage.tsx')).GatewayPage,
    },
    {
      path: 'data/hours',
      permission: 'gateway:read',
      inNavigation: true,
      load: async () => (await import('./hours/MissingHoursPage.tsx')).MissingHoursPage,
    },
    {
      path: 'data/quarantine',
      permission: 'gateway:read',
      inNavigation: true,
      load: async () => (await import('./quarantine/QuarantinePage.tsx')).QuarantinePage,
    },
    {
      path: 'data/imports',
      permission: 'import:read',
      inNavigation: true,
      load: async () => (await import('./imports/ImportsPage.tsx')).ImportsPage,
    },
    {
      path: 'data/imports/:id',
      permission: 'import:read',
      inNavigation: false,
      load: async () => (await import('./import/ImportPage.tsx')).ImportPage,
    },
    {
      path: 'data/review',
      permission: 'series:read',
      inNavigation: true,
      load: async () => (await import('./review/ReviewPage.tsx')).ReviewPage,
    },
    {
      path: 'data/sand',
      permission: 'series:read',
      inNavigation: true,
      load: async () => (await import('./sand/SandPage.tsx')).SandPage,
    },
    {
      path: 'data/journal',
      permission: 'journal:read',
      inNavigation: true,
      load: async () => (await import('./journal/JournalPage.tsx')).JournalPage,
    },
    {
      path: 'data/calculator',
      permission: 'evaluator:use',
      inNavigation: true,
      load: async () => (await import('./calculator/CalculatorPage.tsx')).CalculatorPage,
    },
  ],
}
