import {
  type ProblemSource,
  problemSourceTitles,
  problemStateTitles,
  type ProblemState as State,
} from '@shanshui/contract'
import { useTranslation } from 'react-i18next'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import css from './problems.module.css'

/** Where it came from; how many sources tell of the same thing. */
export function SourceBadge({ source, count = 1 }: { source: ProblemSource; count?: number }) {
  const { t } = useTranslation('problems')
  const official = useOfficial()
  return (
    <span className={css.source}>
      {official(problemSourceTitles[source])}
      {count > 1 && <span className="muted"> {t('moreSources', { count: count - 1 })}</span>}
    </span>
  )
}

/** A problem that nobody works on yet stands out. */
export function ProblemState({ state }: { state: State }) {
  const official = useOfficial()
  return <span className={`${css.state} ${css[state] ?? ''}`}>{official(problemStateTitles[state])}</span>
}
