import { type ComponentType, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { NoPermission } from '../components/NoPermission.tsx'
import { Loading } from '../components/states.tsx'
import { useSession } from '../session/session.tsx'
import type { PageEntry } from './room.ts'
import { titleKey } from './titles.ts'

/** A page that its reader may not see says so instead of asking the server in vain. */
export function guarded(Page: ComponentType, entry: PageEntry): ComponentType {
  return function GuardedPage() {
    const { t } = useTranslation()
    const { may } = useSession()
    if (!may(entry.permission)) return <NoPermission what={t(titleKey(entry.path))} />
    return (
      <Suspense fallback={<Loading rows={10} />}>
        <Page />
      </Suspense>
    )
  }
}
