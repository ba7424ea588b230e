import type { Room } from '../../app/room.ts'

export const systemRoom: Room = {
  key: 'system',
  pages: [
    {
      path: 'system/users',
      permission: 'user:read',
      inNavigation: true,
      load: async () => (await import('./users/UsersPage.tsx')).UsersPage,
    },
    {
      path: 'system/audit',
      permission: 'audit:read',
      inNavigation: true,
      load: async () => (await import('./audit/AuditPage.tsx')).AuditPage,
    },
    {
      path: 'system/notices',
      permission: 'notice:operate',
      inNavigation: true,
      words: ['notices'],
      load: async () => (await import('./notices/NoticesPage.tsx')).NoticesPage,
    },
    {
      path: 'system/status',
      permission: 'config:read',
      inNavigation: true,
      load: async () => (await import('./status/StatusPage.tsx')).StatusPage,
    },
  ],
}
