import {
  type MatterBrief,
  type MatterDue,
  type MatterLight,
  type MatterPhaseName,
  matterPhaseTitles,
} from '@shanshui/contract'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { shortTime } from '../../../format/time.ts'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import { dueWords, lastDayOf } from './dueWords.ts'
import css from './parts.module.css'

/** `剩 3 天`, `今天到期`, `逾期 2 小时`. */
export function dueText(t: TFunction<'matters'>, dueAt: string, nowMs: number): string {
  const words = dueWords(dueAt, nowMs)
  if (words.kind === 'today') return t('due.today')
  return t(`due.${words.kind}.${words.unit}`, { count: words.count })
}

/** The light and what it says in words: colour alone says nothing. */
export function DueMark({ due, withTitle = false }: { due: MatterDue | null; withTitle?: boolean }) {
  const { t } = useTranslation('matters')
  const official = useOfficial()
  if (due === null) return <span className="muted">{t('due.none')}</span>
  return (
    <span className={css.due} title={`${official(due.title)} ${shortTime(due.dueAt)}`}>
      <LightDot light={due.light} />
      <span>
        {withTitle && `${official(due.title)} `}
        <strong className={css[`text-${due.light}`]}>{dueText(t, due.dueAt, Date.now())}</strong>{' '}
        <span className={`muted ${css.day}`}>{lastDayOf(due.dueAt)}</span>
        {due.provisional && (
          <span className={css.small} title={t('due.provisionalHint')}>
            {t('due.provisional')}
          </span>
        )}
      </span>
    </span>
  )
}

export function LightDot({ light }: { light: MatterLight }) {
  return <span className={`${css.dot} ${css[light] ?? ''}`} aria-hidden="true" />
}

const phaseClass: Readonly<Record<MatterPhaseName, string>> = {
  open: 'phaseOpen',
  watched: 'phaseWatched',
  closed: 'phaseClosed',
  dropped: 'phaseDropped',
}

/** The state in the words of its workflow; its frame says whether somebody still has to act. */
export function StateMark({ matter }: { matter: Pick<MatterBrief, 'stateTitle' | 'phase'> }) {
  const official = useOfficial()
  return (
    <span
      className={`${css.state} ${css[phaseClass[matter.phase]] ?? ''}`}
      title={official(matterPhaseTitles[matter.phase])}
    >
      {official(matter.stateTitle)}
    </span>
  )
}

/** How often the remedy did not last. */
export function ReboundMark({ count }: { count: number }) {
  const { t } = useTranslation('matters')
  if (count === 0) return null
  return <span className={css.rebound}>{t('rebounds', { count })}</span>
}
