import type { Permission, Session } from '@shanshui/contract'

/** A signed-in person with the given permissions. */
export function sessionOf(permissions: readonly Permission[]): Session {
  const time = '2026-11-24T08:00:00+08:00'
  return {
    user: {
      id: 1,
      login: 'tester',
      name: '测试员',
      organization: {
        id: 1,
        code: 'bureau',
        name: '生态环境局',
        type: 'bureau',
        regionCode: 629_000,
        parentId: null,
      },
      roles: ['analyst'],
      scope: { regions: [629_000], owner: 'any' },
      disabled: false,
      mustChangePassword: false,
      lockedUntil: null,
      lastLoginAt: null,
      createdAt: time,
      version: 1,
    },
    permissions: [...permissions],
    csrfToken: 'token',
    expiresAt: time,
  }
}
