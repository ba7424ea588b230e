import type { MatterClock, MatterDetail } from '@shanshui/contract'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../../components/Page.tsx'
import { shortTime } from '../../../format/time.ts'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import { BasisText } from '../parts/BasisText.tsx'
import { lastDayOf } from '../parts/dueWords.ts'
import { dueText, LightDot } from '../parts/MatterMarks.tsx'
import css from './matter.module.css'

/** Every limit: until when, from what rule, stopped or extended, in time or late. */
export function ClocksPart({ detail }: { detail: MatterDetail }) {
  const { t } = useTranslation('matters')
  const running = detail.clocks.filter(({ endedAt }) => endedAt === null)
  const ended = detail.clocks.filter(({ endedAt }) => endedAt !== null)
  return (
    <Panel title={t('clocks.title')}>
      {detail.clocks.length === 0 && <p className="muted">{t('clocks.none')}</p>}
      <ul className={css.clocks}>
        {running.map((clock) => (
          <Clock key={keyOf(clock)} clock={clock} />
        ))}
      </ul>
      {ended.length > 0 && (
        <details>
          <summary>{t('clocks.ended', { count: ended.length })}</summary>
          <ul className={css.clocks}>
            {ended.map((clock) => (
              <Clock key={keyOf(clock)} clock={clock} />
            ))}
          </ul>
        </details>
      )}
    </Panel>
  )
}

const keyOf = ({ clock, round, occurrence }: MatterClock): string => `${clock} ${round} ${occurrence}`

function Clock({ clock }: { clock: MatterClock }) {
  const { t } = useTranslation('matters')
  const official = useOfficial()
  return (
    <li>
      <p>
        {clock.endedAt === null && <LightDot light={clock.light} />} <strong>{official(clock.title)}</strong>
        {clock.occurrence > 1 && ` ${t('clocks.occurrence', { count: clock.occurrence })}`}{' '}
        <ClockState clock={clock} />
      </p>
      <p className="muted">
        {t('clocks.span', { from: shortTime(clock.startedAt), to: lastDayOf(clock.dueAt) })}
        {clock.extended > 0 && ` · ${t('clocks.extended', { count: clock.extended })}`}
        {clock.stops.length > 0 && ` · ${t('clocks.stops', { count: clock.stops.length })}`}
        {clock.levels.length > 0 && ` · ${t('clocks.levels', { count: clock.levels.length })}`}
        {clock.provisional && ` · ${t('due.provisionalHint')}`}
      </p>
      <p className="muted">
        <BasisText basis={clock.basis} />
      </p>
    </li>
  )
}

function ClockState({ clock }: { clock: MatterClock }) {
  const { t } = useTranslation('matters')
  if (clock.endedAt !== null)
    return (
      <span className={clock.late ? 'worse' : 'better'}>
        {t(clock.late ? 'clocks.late' : 'clocks.inTime', { time: shortTime(clock.endedAt) })}
      </span>
    )
  if (clock.stopped) return <span>{t('clocks.stopped')}</span>
  return <span className={clock.light === 'red' ? 'worse' : ''}>{dueText(t, clock.dueAt, Date.now())}</span>
}
