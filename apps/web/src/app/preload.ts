import i18next from 'i18next'
import { matchPath } from 'react-router'
import type { PageEntry } from './room.ts'
import { rooms } from './rooms.ts'

/** Code and words of a page together; both are kept by their loaders, so asking twice costs nothing. */
export async function loadPage(page: PageEntry): ReturnType<PageEntry['load']> {
  const words =
    page.words === undefined || !i18next.isInitialized ? undefined : i18next.loadNamespaces(page.words)
  const [component] = await Promise.all([page.load(), words])
  return component
}

/** Starts loading what the address will need while the session is still being read. */
export function preloadPage(pathname: string): void {
  void import('./SignedIn.tsx')
  const pages = rooms.flatMap((room) => room.pages)
  const page =
    // Who will read it is not known yet: at `/` it is the page that most people see first.
    pages.find((entry) => matchPath(`/${entry.path}`, pathname === '/' ? '/overview' : pathname) !== null)
  void page?.load()
}
