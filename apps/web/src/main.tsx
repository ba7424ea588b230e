import { createRoot } from 'react-dom/client'
import { App } from './app/App.tsx'
import { startI18n } from './i18n/index.ts'
import './theme/base.css'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no element #root')

await startI18n()
createRoot(root).render(<App />)
