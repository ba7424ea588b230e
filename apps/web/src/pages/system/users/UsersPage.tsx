import type { User } from '@shanshui/contract'
import { roles as roleTitles } from '@shanshui/contract'
import { Button } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useUsers } from '../../../api/system.ts'
import { Page, Panel } from '../../../components/Page.tsx'
import { Async } from '../../../components/states.tsx'
import type { Column } from '../../../components/table/column.ts'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { fullTime } from '../../../format/time.ts'
import { useSession } from '../../../session/session.tsx'
import { UserDrawer } from './UserDrawer.tsx'

/** Who may enter, as what, and for which area? */
export function UsersPage() {
  const { t } = useTranslation('system')
  const { may } = useSession()
  const query = useUsers()
  const columns = useColumns()
  const [opened, setOpened] = useState<User | 'new'>()
  const write = may('user:write')
  return (
    <Page
      title={t('users.title')}
      note={t('users.note')}
      tools={
        write && (
          <Button type="primary" size="small" onClick={() => setOpened('new')}>
            {t('users.create')}
          </Button>
        )
      }
    >
      <Panel>
        <Async query={query} what={t('users.title')}>
          {(data) => (
            <DataTable
              id="users"
              caption={t('users.title')}
              columns={columns}
              rows={data.items}
              rowKey={(row) => row.id}
              exportName={t('users.title')}
              {...(write ? { onRow: setOpened } : {})}
            />
          )}
        </Async>
      </Panel>
      {opened !== undefined && (
        <UserDrawer user={opened === 'new' ? undefined : opened} onClose={() => setOpened(undefined)} />
      )}
    </Page>
  )
}

function useColumns(): readonly Column<User>[] {
  const { t, i18n } = useTranslation('system')
  return useMemo(() => {
    const language = i18n.language === 'en' ? 'en' : 'zh'
    const stateOf = (row: User): string => {
      if (row.disabled) return t('users.disabled')
      if (row.lockedUntil !== null && Date.parse(row.lockedUntil) > Date.now()) return t('users.locked')
      return t('users.active')
    }
    return [
      { key: 'name', title: t('users.name'), value: (row) => row.name },
      { key: 'login', title: t('users.login'), value: (row) => row.login },
      {
        key: 'organization',
        title: t('users.organization'),
        value: (row) => row.organization.name,
        choices: true,
      },
      {
        key: 'roles',
        title: t('users.roles'),
        value: (row) => row.roles.map((role) => roleTitles[role][language]).join('、'),
      },
      { key: 'regions', title: t('users.regions'), value: (row) => row.scope.regions.join('、') },
      { key: 'owner', title: t('users.owner'), value: (row) => t(`users.owners.${row.scope.owner}`) },
      {
        key: 'state',
        title: t('users.state'),
        choices: true,
        value: stateOf,
        render: (row) => <span className={row.disabled ? 'muted' : ''}>{stateOf(row)}</span>,
      },
      {
        key: 'last',
        title: t('users.lastLogin'),
        value: (row) => (row.lastLoginAt === null ? null : fullTime(row.lastLoginAt)),
      },
    ]
  }, [t, i18n.language])
}
