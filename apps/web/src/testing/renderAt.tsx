import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { permissionNames, type Session } from '@shanshui/contract'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type RenderResult, render } from '@testing-library/react'
import { App as AntApp, ConfigProvider } from 'antd'
import i18next from 'i18next'
import { type ReactNode, Suspense } from 'react'
import { initReactI18next } from 'react-i18next'
import { MemoryRouter, useLocation } from 'react-router'
import { vi } from 'vitest'
import { SessionProvider } from '../session/session.tsx'
import { sessionOf } from './session.ts'

/** Answer of the stand-in for the server: a body, or a problem with its status. */
export interface Answer {
  readonly status?: number
  readonly body: unknown
}

const folder = join(import.meta.dirname, '../i18n/locales/zh-CN')

async function startWords(): Promise<void> {
  if (i18next.isInitialized) return
  const words = readdirSync(folder).map((file) => [
    file.replace('.json', ''),
    JSON.parse(readFileSync(join(folder, file), 'utf8')),
  ])
  await i18next.use(initReactI18next).init({
    lng: 'zh-CN',
    ns: words.map(([name]) => String(name)),
    defaultNS: 'common',
    resources: { 'zh-CN': Object.fromEntries(words) },
    interpolation: { escapeValue: false },
  })
}

/** Replaces the network by a table of answers: `GET /figures/7`. An unknown address answers 404. Returns the log. */
export function answerWith(answers: Readonly<Record<string, Answer>>): string[] {
  const asked: string[] = []
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const key = `${init.method} ${url.replace('/api/v1', '')}`
    asked.push(key)
    const answer = answers[key] ?? answers[key.split('?')[0] ?? '']
    const status = answer === undefined ? 404 : (answer.status ?? 200)
    const problem = { type: 'about:blank', title: `没有 ${key}`, status, code: 'request.route-unknown' }
    const type = status >= 400 ? 'application/problem+json' : 'application/json'
    return new Response(JSON.stringify(answer?.body ?? problem), {
      status,
      headers: { 'content-type': type },
    })
  })
  return asked
}

export interface RenderedAt extends RenderResult {
  /** Search part of the address as it now stands. */
  readonly search: () => URLSearchParams
}

function AddressSpy({ into }: { into: { search: string } }): null {
  into.search = useLocation().search
  return null
}

/** Renders a part of the application at an address, with words, queries and router but without a server. */
export async function renderAt(
  node: ReactNode,
  address = '/',
  session: Session = sessionOf(permissionNames),
): Promise<RenderedAt> {
  await startWords()
  const now = { search: '' }
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const result = render(
    <ConfigProvider theme={{ token: { motion: false } }}>
      <AntApp>
        <QueryClientProvider client={client}>
          <MemoryRouter initialEntries={[address]}>
            <SessionProvider session={session}>
              <Suspense fallback="…">{node}</Suspense>
            </SessionProvider>
            <AddressSpy into={now} />
          </MemoryRouter>
        </QueryClientProvider>
      </AntApp>
    </ConfigProvider>,
  )
  return { ...result, search: () => new URLSearchParams(now.search) }
}
