import type { Session } from '@shanshui/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { api, setCsrfToken, setSignedOutHandler } from '../api/client.ts'
import { isProblem } from '../api/problem.ts'
import { ErrorPanel } from '../components/ErrorPanel.tsx'
import { LoginPage } from './LoginPage.tsx'
import { PasswordPage } from './PasswordPage.tsx'
import { SessionProvider } from './session.tsx'

export const sessionKey = ['session'] as const

async function readSession(): Promise<Session | null> {
  try {
    return await api.get<Session>('/session')
  } catch (error) {
    if (isProblem(error) && error.problem.status === 401) return null
    throw error
  }
}

/** Nobody signed in → sign-in page, in place, so that the address survives; a one-time password → change it first. */
export function SessionGate({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const query = useQuery({ queryKey: sessionKey, queryFn: readSession, staleTime: Infinity })
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
