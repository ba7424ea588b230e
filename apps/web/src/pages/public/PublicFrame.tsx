import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { NavLink, Outlet, useLocation } from 'react-router'
import { usePublicForm } from '../../api/public.ts'
import { changeLanguage, languages } from '../../i18n/index.ts'
import css from './public.module.css'

/** Head with the name of the bureau, the two pages, and what is done with what one writes. */
export function PublicFrame() {
  const { t } = useTranslation('public')
  const { pathname } = useLocation()
  const bureau = usePublicForm().data?.bureau
  useEffect(() => {
    document.title = `${t(pathname === '/report/status' ? 'status.title' : 'report.title')} · ${bureau ?? t('bureau')}`
  }, [t, pathname, bureau])
  return (
    <div className={css.frame}>
      <a className={css.skip} href="#content">
        {t('skip')}
      </a>
      <header className={css.head}>
        <p className={css.bureau}>
          <img src="/favicon.svg" alt="" width="28" height="28" /> {bureau ?? t('bureau')}
        </p>
        <nav aria-label={t('pages')}>
          <NavLink to="/report" end>
            {t('report.title')}
          </NavLink>
          <NavLink to="/report/status">{t('status.title')}</NavLink>
        </nav>
      </header>
      <main id="content" className={css.content} tabIndex={-1}>
        <Outlet />
      </main>
      <footer className={css.foot}>
        <p>{t('urgent')}</p>
        <p>
          {languages.map(({ code, name }) => (
            <button key={code} type="button" lang={code} onClick={() => void changeLanguage(code)}>
              {name}
            </button>
          ))}
          <a href="/">{t('staff')}</a>
        </p>
      </footer>
    </div>
  )
}
