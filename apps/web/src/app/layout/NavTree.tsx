import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'
import { useSession } from '../../session/session.tsx'
import type { PageEntry } from '../room.ts'
import { rooms } from '../rooms.ts'
import { titleKey } from '../titles.ts'
import css from './Shell.module.css'
import { useCarriedSearch } from './useScope.ts'

/** Only rooms and pages that exist in this release and that this person may see. */
export function NavTree() {
  const { t } = useTranslation()
  const { may } = useSession()
  const carried = useCarriedSearch()
  return (
    <nav className={css.nav} aria-label={t('shell.navigation')}>
      {rooms.map((room) => {
        const pages = room.pages.filter((page) => page.inNavigation && may(page.permission))
        if (pages.length === 0) return null
        const single = pages.length === 1 && pages[0]?.path === room.key
        return (
          <section key={room.key} className={css.room} aria-label={t(`nav.room.${room.key}`)}>
            {!single && <h2 className={css.roomTitle}>{t(`nav.room.${room.key}`)}</h2>}
            {groupsOf(pages).map(([group, members]) => (
              <div key={group}>
                {group !== '' && <h3 className={css.group}>{t(`nav.group.${group}`)}</h3>}
                <ul className={single ? css.single : group === '' ? css.pages : css.pagesDeep}>
                  {members.map((page) => (
                    <li key={page.path}>
                      <NavLink
                        to={{ pathname: `/${page.path}`, search: carried }}
                        end={room.pages.some((other) => other.inNavigation && isBelow(page, other))}
                        className={({ isActive }) => `${css.link} ${isActive ? css.active : ''}`}
                      >
                        {t(titleKey(page.path))}
                      </NavLink>
                    </li>
                  ))}
                </ul>
              </div>
            ))}
          </section>
        )
      })}
    </nav>
  )
}

/** A page whose address goes on to another one of the navigation is not where that other one is. */
const isBelow = (page: PageEntry, other: PageEntry): boolean => other.path.startsWith(`${page.path}/`)

function groupsOf(pages: readonly PageEntry[]): [string, PageEntry[]][] {
  const groups = new Map<string, PageEntry[]>()
  for (const page of pages) {
    const members = groups.get(page.group ?? '') ?? []
    members.push(page)
    groups.set(page.group ?? '', members)
  }
  return [...groups]
}
