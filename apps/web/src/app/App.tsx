import { QueryClientProvider } from '@tanstack/react-query'
import { App as AntApp, ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { createQueryClient } from '../api/queryClient.ts'
import { SessionGate } from '../session/SessionGate.tsx'
import { theme } from '../theme/theme.ts'
import { SignedIn } from './SignedIn.tsx'

export function App() {
  const [client] = useState(createQueryClient)
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
            <SessionGate>
              <SignedIn />
            </SessionGate>
          </Suspense>
        </QueryClientProvider>
      </AntApp>
    </ConfigProvider>
  )
}
