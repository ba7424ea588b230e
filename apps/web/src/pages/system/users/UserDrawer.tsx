import { type CreateUser, type RoleName, roleNames, roles as roleTitles, type User } from '@shanshui/contract'
import { Button, Checkbox, Drawer, Input, Select, Typography } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCreateUser, useOrganizations, useResetPassword, useUpdateUser } from '../../../api/system.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import css from './users.module.css'

interface Draft {
  readonly login: string
  readonly name: string
  readonly organizationId: number | undefined
  readonly roles: readonly RoleName[]
  readonly regions: string
  readonly owner: 'any' | 'own'
  readonly disabled: boolean
}

function draftOf(user: User | undefined): Draft {
  return {
    login: user?.login ?? '',
    name: user?.name ?? '',
    organizationId: user?.organization.id,
    roles: user?.roles ?? [],
    regions: user?.scope.regions.join(' ') ?? '',
    owner: user?.scope.owner ?? 'any',
    disabled: user?.disabled ?? false,
  }
}

/** Make a person, or change what they may; a one-time password is shown once. */
export function UserDrawer({ user, onClose }: { user: User | undefined; onClose: () => void }) {
  const { t } = useTranslation('system')
  const official = useOfficial()
  const [draft, setDraft] = useState(() => draftOf(user))
  const change = (patch: Partial<Draft>): void => setDraft((before) => ({ ...before, ...patch }))
  const organizations = useOrganizations()
  const create = useCreateUser()
  const update = useUpdateUser(user?.id ?? 0)
  const reset = useResetPassword()
  const ids = {
    login: useId(),
    name: useId(),
    organization: useId(),
    roles: useId(),
    regions: useId(),
    owner: useId(),
  }
  const password = create.data?.oneTimePassword ?? reset.data?.oneTimePassword
  const error = create.error ?? update.error ?? reset.error

  function save(): void {
    if (draft.organizationId === undefined) return
    const regions = draft.regions
      .split(/[\s,，、]+/)
      .filter((code) => code !== '')
      .map(Number)
    const common = {
      name: draft.name.trim(),
      organizationId: draft.organizationId,
      roles: [...draft.roles],
      scope: { regions, owner: draft.owner },
    }
    if (user === undefined) create.mutate({ ...common, login: draft.login.trim() } satisfies CreateUser)
    else update.mutate({ ...common, disabled: draft.disabled, version: user.version }, { onSuccess: onClose })
  }

  return (
    <Drawer open size="large" title={user === undefined ? t('users.create') : user.name} onClose={onClose}>
      <div className={css.form}>
        <label htmlFor={ids.login}>{t('users.login')}</label>
        <Input
          id={ids.login}
          value={draft.login}
          disabled={user !== undefined}
          onChange={(e) => change({ login: e.target.value })}
        />
        <label htmlFor={ids.name}>{t('users.name')}</label>
        <Input id={ids.name} value={draft.name} onChange={(e) => change({ name: e.target.value })} />
        <label htmlFor={ids.organization}>{t('users.organization')}</label>
        <Select
          id={ids.organization}
          value={draft.organizationId ?? null}
          options={(organizations.data?.items ?? []).map((one) => ({ value: one.id, label: one.name }))}
          onChange={(organizationId: number | null) =>
            change({ organizationId: organizationId ?? undefined })
          }
        />
        <label htmlFor={ids.roles}>{t('users.roles')}</label>
        <Select<RoleName[]>
          id={ids.roles}
          mode="multiple"
          value={[...draft.roles]}
          options={roleNames.map((role) => ({ value: role, label: official(roleTitles[role]) }))}
          onChange={(roles) => change({ roles })}
        />
        <label htmlFor={ids.regions}>{t('users.regions')}</label>
        <Input
          id={ids.regions}
          value={draft.regions}
          placeholder={t('users.regionsHint')}
          onChange={(e) => change({ regions: e.target.value })}
        />
        <label htmlFor={ids.owner}>{t('users.owner')}</label>
        <Select<Draft['owner']>
          id={ids.owner}
          value={draft.owner}
          options={(['any', 'own'] as const).map((value) => ({ value, label: t(`users.owners.${value}`) }))}
          onChange={(owner) => change({ owner })}
        />
        {user !== undefined && (
          <Checkbox
            className={css.wide ?? ''}
            checked={draft.disabled}
            onChange={(e) => change({ disabled: e.target.checked })}
          >
            {t('users.disable')}
          </Checkbox>
        )}
      </div>
      <div className={css.actions}>
        <Button type="primary" loading={create.isPending || update.isPending} onClick={save}>
          {t('users.save')}
        </Button>
        {user !== undefined && (
          <Button loading={reset.isPending} onClick={() => reset.mutate(user.id)}>
            {t('users.reset')}
          </Button>
        )}
      </div>
      {password !== undefined && (
        <p className={css.password} role="status">
          {t('users.oneTime')}{' '}
          <Typography.Text className="mono" copyable>
            {password}
          </Typography.Text>
        </p>
      )}
      {error !== null && <ErrorPanel error={error} what={t('users.title')} />}
    </Drawer>
  )
}
