import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import css from './session.module.css'

/** The plain sheet on which one signs in or changes the password. */
export function Entrance({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <main className={css.entrance}>
      <div className={css.sheet}>
        <p className={css.product}>
          <img src="/favicon.svg" alt="" width="28" height="28" />
          {t('product.name')}
        </p>
        <p className="muted">{t('product.line')}</p>
        <h1 className={css.heading}>{title}</h1>
        {children}
      </div>
    </main>
  )
}
