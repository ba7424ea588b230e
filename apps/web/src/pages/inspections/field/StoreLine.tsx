import { useTranslation } from 'react-i18next'
import { shortTime } from '../../../format/time.ts'
import { countsOf } from '../../../offline/outbox.ts'
import css from './field.module.css'
import { useField } from './useField.tsx'

/** Drift of the device's clock that the officer is told of, seconds. A setting of the platform. */
const DRIFT_SECONDS = 120

/** Says plainly what is on the phone and what has arrived, and sends at the button. */
export function StoreLine({ drift }: { drift: number | undefined }) {
  const { t } = useTranslation('field')
  const { operations, files, status, online, syncer } = useField()
  const counts = countsOf(operations)
  const filesWaiting = files.filter(({ state }) => state === 'waiting').length
  const waiting = counts.waiting + filesWaiting
  const trouble = counts.conflicts + counts.refused + files.filter(({ state }) => state === 'refused').length
  const state = trouble > 0 ? 'trouble' : waiting > 0 ? 'waiting' : 'sent'
  return (
    <section className={css.storeLine} data-state={state} aria-label={t('store.title')}>
      <div className={css.grow} role="status">
        <strong>{waiting === 0 ? t('store.allSent') : t('store.waiting', { count: waiting })}</strong>{' '}
        <span className={css.muted}>
          {waiting > 0 && t('store.kept')} {t('store.sent', { count: counts.sent })}
          {status.lastMs !== undefined && status.outcome === 'done' && ` · ${shortTime(status.lastMs)}`}
        </span>
        {trouble > 0 && <div className={css.bad}>{t('store.trouble', { count: trouble })}</div>}
        {!online && <div className={css.warn}>{t('store.offline')}</div>}
        {online && status.outcome !== undefined && status.outcome !== 'done' && (
          <div className={css.warn}>{t(`store.outcome.${status.outcome}`)}</div>
        )}
        {drift !== undefined && Math.abs(drift) > DRIFT_SECONDS && (
          <div className={css.warn}>{t('store.drift', { minutes: Math.round(Math.abs(drift) / 60) })}</div>
        )}
      </div>
      <button
        type="button"
        className={`${css.button} ${css.small52}`}
        disabled={!online || status.running}
        onClick={() => void syncer.run()}
      >
        {t(status.running ? 'store.sending' : 'store.send')}
      </button>
    </section>
  )
}
