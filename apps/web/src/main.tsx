import { createRoot } from 'react-dom/client'
import { createQueryClient } from './api/queryClient.ts'
import { App } from './app/App.tsx'
import { preloadPage } from './app/preload.ts'
import { isPublicAddress } from './app/publicAddress.ts'
import { startI18n } from './i18n/index.ts'
import { sessionQuery } from './session/sessionQuery.ts'
import './theme/base.css'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no element #root')

// Asked for at once and side by side: who is signed in, the words, the frame and the page of this address.
const client = createQueryClient()
const { pathname } = window.location
if (!isPublicAddress(pathname)) {
  void client.prefetchQuery(sessionQuery)
  preloadPage(pathname)
}
await startI18n()
createRoot(root).render(<App client={client} />)
