import type { Room } from '../../app/room.ts'

export const inspectionsRoom: Room = {
  key: 'inspections',
  pages: [
    {
      path: 'inspections/plan',
      permission: 'inspection:read',
      inNavigation: true,
      words: ['inspections'],
      load: async () => (await import('./plan/PlanPage.tsx')).PlanPage,
    },
    {
      path: 'inspections/draws',
      permission: 'inspection:read',
      inNavigation: true,
      words: ['inspections'],
      load: async () => (await import('./draws/DrawsPage.tsx')).DrawsPage,
    },
    {
      path: 'inspections/tasks',
      permission: 'inspection:read',
      inNavigation: true,
      words: ['inspections'],
      load: async () => (await import('./tasks/TasksPage.tsx')).TasksPage,
    },
    {
      path: 'inspections/people',
      permission: 'inspection:read',
      inNavigation: true,
      words: ['inspections'],
      load: async () => (await import('./people/PeoplePage.tsx')).PeoplePage,
    },
    {
      path: 'inspections/off-site/:enterprise',
      permission: 'inspection:read',
      inNavigation: false,
      words: ['inspections'],
      load: async () => (await import('./off-site/OffSitePage.tsx')).OffSitePage,
    },
    {
      path: 'inspections/field',
      permission: 'inspection:perform',
      inNavigation: true,
      words: ['field'],
      load: async () => (await import('./field/FieldHomePage.tsx')).FieldHomePage,
    },
    {
      path: 'inspections/field/:id',
      permission: 'inspection:perform',
      inNavigation: false,
      words: ['field'],
      load: async () => (await import('./field/FieldTaskPage.tsx')).FieldTaskPage,
    },
  ],
}
