import { type Lead, leadLevelTitles, leadStateTitles } from '@shanshui/contract'
import { useTranslation } from 'react-i18next'
import css from './triage.module.css'

/** How urgent, always with the word: colour alone says nothing. */
export function LevelMark({ level }: { level: Lead['level'] }) {
  const { i18n } = useTranslation()
  const title = leadLevelTitles[level]
  return (
    <span className={`${css.level} ${css[level] ?? ''}`}>{i18n.language === 'en' ? title.en : title.zh}</span>
  )
}

export function StateMark({ state }: { state: Lead['state'] }) {
  const { i18n } = useTranslation()
  const title = leadStateTitles[state]
  return <span className={css.state}>{i18n.language === 'en' ? title.en : title.zh}</span>
}
