import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { createBrowserRouter, type RouteObject } from 'react-router'
import { RouterProvider } from 'react-router/dom'
import { PublicFrame } from './PublicFrame.tsx'
import { ReportPage } from './report/ReportPage.tsx'
import { StatusPage } from './status/StatusPage.tsx'

const routes: RouteObject[] = [
  {
    element: <PublicFrame />,
    children: [
      { path: '/report', element: <ReportPage /> },
      { path: '/report/status', element: <StatusPage /> },
      { path: '*', element: <UnknownPublicPage /> },
    ],
  },
]

/** Pages for citizens: no login, no session is asked for, nothing from outside is loaded. */
export function PublicPages() {
  const [router] = useState(() => createBrowserRouter(routes))
  return <RouterProvider router={router} />
}

function UnknownPublicPage() {
  const { t } = useTranslation('public')
  return (
    <p>
      {t('unknown')} <a href="/report">{t('report.title')}</a>
    </p>
  )
}
