import type { Room } from '../../app/room.ts'

export const leadsRoom: Room = {
  key: 'leads',
  pages: [
    {
      path: 'leads',
      permission: 'lead:read',
      inNavigation: true,
      words: ['leads'],
      load: async () => (await import('./triage/TriagePage.tsx')).TriagePage,
    },
    {
      path: 'leads/rules',
      permission: 'lead:read',
      inNavigation: true,
      words: ['rules'],
      load: async () => (await import('./rules/RulesPage.tsx')).RulesPage,
    },
  ],
}
