import type { Session } from '@shanshui/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { lazy, type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { setCsrfToken, setSignedOutHandler } from '../api/client.ts'
import { clientCodes, isProblem } from '../api/problem.ts'
import { ErrorPanel } from '../components/ErrorPanel.tsx'
import { holdsAnyFieldWork, signOutIsDone } from '../offline/marks.ts'
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
  const resuming = useResume(query.error)
  const enter = (next: Session) => {
    signOutIsDone()
    client.setQueryData(sessionKey, next)
  }

  if (session === undefined) {
    if (query.error === null || resuming) return null
    const retry = <Button onClick={() => void query.refetch()}>{t('action.retry')}</Button>
    return <ErrorPanel error={query.error} what={t('session.reading')} action={retry} />
  }
  if (session === null) return <LoginPage onSignedIn={enter} />
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

/** Without signal the field app opens as the person whose work is on this device; true while that is being looked up. */
function useResume(error: unknown): boolean {
  const client = useQueryClient()
  const unreachable = isProblem(error, clientCodes.unreachable) && holdsAnyFieldWork()
  const [looked, setLooked] = useState(false)
  useEffect(() => {
    if (!unreachable) return
    let current = true
    const resume = async () => {
      const { resumableSession } = await import('../offline/resume.ts')
      const kept = await resumableSession()
      if (kept !== undefined && current) client.setQueryData(sessionKey, kept)
    }
    void resume()
      .catch(() => undefined) // the error of the request is shown instead
      .finally(() => current && setLooked(true))
    return () => {
      current = false
    }
  }, [unreachable, client])
  return unreachable && !looked
}
