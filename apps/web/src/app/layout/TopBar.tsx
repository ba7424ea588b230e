import { Button, Select } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { today } from '../../format/time.ts'
import { changeLanguage, type Language, languages } from '../../i18n/index.ts'
import { Notifications } from './Notifications.tsx'
import { RegionChoice } from './RegionChoice.tsx'
import { SearchBox } from './SearchBox.tsx'
import css from './Shell.module.css'
import { useScope } from './useScope.ts'
import { WhoAmI } from './WhoAmI.tsx'

export function TopBar({ navigationButton }: { navigationButton: ReactNode }) {
  const { t, i18n } = useTranslation()
  return (
    <header className={`${css.bar} no-print`}>
      {navigationButton}
      <Link to="/" className={css.brand}>
        <img src="/favicon.svg" alt="" width="22" height="22" />
        <span>{t('product.name')}</span>
      </Link>
      <div className={css.wideOnly}>
        <SearchBox />
      </div>
      <div className={css.barRight}>
        <span className={css.wideOnly}>
          <RegionChoice />
        </span>
        <span className={css.wideOnly}>
          <DateChoice />
        </span>
        <Select<Language>
          className={css.wideOnly}
          size="small"
          variant="borderless"
          aria-label={t('shell.language')}
          value={i18n.language === 'en' ? 'en' : 'zh-CN'}
          options={languages.map(({ code, name }) => ({ value: code, label: name }))}
          onChange={(code) => void changeLanguage(code)}
        />
        <Notifications />
        <WhoAmI />
      </div>
    </header>
  )
}

/** The day that the pages look at; empty is the present and moves on by itself. A past day is marked, with a way back. */
export function DateChoice() {
  const { t } = useTranslation()
  const [scope, setScope] = useScope()
  const past = scope.date !== ''
  return (
    <span className={`${css.date} ${past ? css.past : ''}`}>
      <input
        type="date"
        aria-label={t('shell.date')}
        title={t('shell.dateHint')}
        value={past ? scope.date : today()}
        max={today()}
        onChange={(event) => {
          const date = event.target.value
          setScope({ date: date === '' || date >= today() ? '' : date })
        }}
      />
      {past && (
        <Button size="small" onClick={() => setScope({ date: '' })}>
          {t('shell.today')}
        </Button>
      )}
    </span>
  )
}
