import { useTranslation } from 'react-i18next'
import { isProblem } from '../../api/problem.ts'
import css from './public.module.css'

/** A refusal in plain words: what happened and what to do; no codes, no numbers of requests. */
export function PublicFault({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation('public')
  const known = isProblem(error) && error.problem.status > 0 && error.problem.status < 500
  const title = known ? error.problem.title : t('fault.title')
  const detail = known ? error.problem.detail : t('fault.detail')
  const [key] = known ? [error.problem.code.replace('public.', '')] : ['']
  const advice = t(`advice.${key}`, { defaultValue: '' })
  return (
    <div className={css.alert} role="alert">
      <strong>{title}</strong>
      {detail !== undefined && <span>{detail}</span>}
      {advice !== '' && <span>{advice}</span>}
      {onRetry !== undefined && (
        <p>
          <button type="button" className={css.button} onClick={onRetry}>
            {t('retry')}
          </button>
        </p>
      )}
    </div>
  )
}
