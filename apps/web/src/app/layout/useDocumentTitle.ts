import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { matchPath, useLocation } from 'react-router'
import { rooms } from '../rooms.ts'
import { titleKey } from '../titles.ts'

/** The tab says which page it holds. */
export function useDocumentTitle(): void {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  const page = rooms
    .flatMap((room) => room.pages)
    .find((entry) => matchPath(`/${entry.path}`, pathname) !== null)
  const title = page === undefined ? t('product.name') : `${t(titleKey(page.path))} · ${t('product.name')}`
  useEffect(() => {
    document.title = title
  }, [title])
}
