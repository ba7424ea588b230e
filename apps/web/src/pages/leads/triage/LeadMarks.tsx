import { type Lead, leadLevelTitles, leadStateTitles } from '@shanshui/contract'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import css from './triage.module.css'

/** How urgent, always with the word: colour alone says nothing. */
export function LevelMark({ level }: { level: Lead['level'] }) {
  const official = useOfficial()
  return <span className={`${css.level} ${css[level] ?? ''}`}>{official(leadLevelTitles[level])}</span>
}

export function StateMark({ state }: { state: Lead['state'] }) {
  const official = useOfficial()
  return <span className={css.state}>{official(leadStateTitles[state])}</span>
}
