import { type QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { App as AntApp, ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { SessionGate } from '../session/SessionGate.tsx'
import { theme } from '../theme/theme.ts'
import { isPublicAddress } from './publicAddress.ts'

const PublicPages = lazy(async () => ({
  default: (await import('../pages/public/PublicPages.tsx')).PublicPages,
}))
const SignedIn = lazy(async () => ({ default: (await import('./SignedIn.tsx')).SignedIn }))

export function App({ client }: { client: QueryClient }) {
  const { i18n } = useTranslation()
  return (
    <ConfigProvider
      theme={theme}
      locale={i18n.language === 'en' ? enUS : zhCN}
      componentSize="small"
      button={{ autoInsertSpace: false }}
    >
      <AntApp>
        <QueryClientProvider client={client}>
          <Suspense fallback={null}>
            {isPublicAddress(window.location.pathname) ? (
              <PublicPages />
            ) : (
              <SessionGate>
                <SignedIn />
              </SessionGate>
            )}
          </Suspense>
        </QueryClientProvider>
      </AntApp>
    </ConfigProvider>
  )
}
