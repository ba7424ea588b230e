import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { lazy, type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { setCsrfToken, setSignedOutHandler } from '../api/client.ts'
import { ErrorPanel } from '../components/ErrorPanel.tsx'
import { SessionProvider } from './session.tsx'
import { sessionKey, sessionQuery } from './sessionQuery.ts'

const LoginPage = lazy(async () => ({ default: (await import('./LoginPage.tsx')).LoginPage }))
const PasswordPage = lazy(async () => ({ default: (await import('./PasswordPage.tsx')).PasswordPage }))

/** Nobody signed in → sign-in page, in place, so that the address survives; a one-time password → change it first. */
export function SessionGate({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const query = useQuery(sessionQuery)
  const session = query.data

  useEffect(() => {
    setSignedOutHandler(() => client.setQueryData(sessionKey, null))
  }, [client])
  setCsrfToken(session?.csrfToken)

  if (session === undefined) {
    if (query.error === null) return null
    const retry = <Button onClick={() => void query.refetch()}>{t('action.retry')}</Button>
    return <ErrorPanel error={query.error} what={t('session.reading')} action={retry} />
  }
  if (session === null) return <LoginPage onSignedIn={(next) => client.setQueryData(sessionKey, next)} />
  return (
    <SessionProvider session={session}>
      {session.user.mustChangePassword ? (
        <PasswordPage forced onChanged={() => void query.refetch()} />
      ) : (
        children
      )}
    </SessionProvider>
  )
}
