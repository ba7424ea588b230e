import { roles } from '@shanshui/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, Popover } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { changeLanguage, languages } from '../../i18n/index.ts'
import { useOfficial } from '../../i18n/useOfficial.ts'
import { holdsFieldWork, oweSignOut } from '../../offline/marks.ts'
import { useSession } from '../../session/session.tsx'
import { sessionKey } from '../../session/sessionQuery.ts'
import { RegionChoice } from './RegionChoice.tsx'
import css from './Shell.module.css'
import { DateChoice } from './TopBar.tsx'

const PasswordDialog = lazy(async () => ({
  default: (await import('../../session/PasswordDialog.tsx')).PasswordDialog,
}))

/** Name, unit and roles; change the password, sign out; on the phone the rest of the bar as well. */
export function WhoAmI() {
  const { t } = useTranslation()
  const official = useOfficial()
  const { session } = useSession()
  const { message, modal } = App.useApp()
  const client = useQueryClient()
  const [changing, setChanging] = useState(false)
  const signOut = useMutation({
    mutationFn: () => api.delete<void>('/session'),
    // Without signal too: what is kept here goes at once, the session at the server at the next occasion.
    networkMode: 'always',
    onError: () => holdsFieldWork(user.id) && oweSignOut(),
    onSettled: async () => {
      if (holdsFieldWork(user.id)) await (await import('../../offline/resume.ts')).leaveDevice(user.id)
      client.setQueryData(sessionKey, null)
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] })
    },
  })
  const { user } = session
  /** Field work that has not arrived at the server is only thrown away when its owner says so. */
  const leave = async () => {
    const unsent = holdsFieldWork(user.id)
      ? await (await import('../../offline/resume.ts')).unsentOf(user.id)
      : 0
    if (unsent === 0) return signOut.mutate()
    modal.confirm({
      title: t('session.unsentTitle', { count: unsent }),
      content: t('session.unsentText'),
      okText: t('session.unsentLeave'),
      cancelText: t('session.unsentStay'),
      okButtonProps: { danger: true },
      autoFocusButton: 'cancel',
      onOk: () => signOut.mutate(),
    })
  }
  const roleTitles = user.roles.map((role) => official(roles[role]))
  const card = (
    <div className={css.who}>
      <strong>{user.name}</strong>
      <span>{user.organization.name}</span>
      <span className="muted">{roleTitles.join('、')}</span>
      <div className={css.phoneOnly}>
        <RegionChoice />
        <DateChoice />
        {languages.map(({ code, name }) => (
          <Button key={code} size="small" lang={code} onClick={() => void changeLanguage(code)}>
            {name}
          </Button>
        ))}
      </div>
      <Button size="small" onClick={() => setChanging(true)}>
        {t('session.changePassword')}
      </Button>
      <Button size="small" loading={signOut.isPending} onClick={() => void leave()}>
        {t('session.signOut')}
      </Button>
    </div>
  )
  return (
    <>
      <Popover trigger="click" placement="bottomRight" content={card}>
        <Button type="text" size="small">
          {user.name}
        </Button>
      </Popover>
      {changing && (
        <Suspense fallback={null}>
          <PasswordDialog
            onClose={() => setChanging(false)}
            onChanged={() => {
              setChanging(false)
              void message.success(t('session.changed'))
            }}
          />
        </Suspense>
      )}
    </>
  )
}
