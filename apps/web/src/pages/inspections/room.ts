import type { Room } from '../../app/room.ts'

export const inspectionsRoom: Room = {
  key: 'inspections',
  pages: [
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
