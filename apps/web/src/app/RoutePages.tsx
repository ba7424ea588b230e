import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, Navigate, useRouteError } from 'react-router'
import { ErrorPanel } from '../components/ErrorPanel.tsx'
import { Page } from '../components/Page.tsx'
import { Empty } from '../components/states.tsx'
import { useSession } from '../session/session.tsx'
import { rooms } from './rooms.ts'

/** The first page that this person may see: the order of the rooms is the order of the morning. */
export function FirstPage() {
  const { t } = useTranslation()
  const { may } = useSession()
  const first = rooms.flatMap((room) => room.pages).find((page) => page.inNavigation && may(page.permission))
  if (first === undefined) return <Empty title={t('state.noPages')} hint={t('state.noPagesHint')} />
  return <Navigate to={`/${first.path}`} replace />
}

export function UnknownPage() {
  const { t } = useTranslation()
  return (
    <Page title={t('state.unknownPage')}>
      <p>
        {t('state.unknownPageHint')} <Link to="/">{t('action.toFirstPage')}</Link>
      </p>
    </Page>
  )
}

/** A page that fell over takes only itself down; a chunk that a new release replaced is fetched by reloading. */
export function RouteFault() {
  const { t } = useTranslation()
  const error = useRouteError()
  return (
    <ErrorPanel
      error={error}
      what={`${window.location.pathname} ${error instanceof Error ? error.message : ''}`}
      action={<Button onClick={() => window.location.reload()}>{t('action.reload')}</Button>}
    />
  )
}
