import { useTranslation } from 'react-i18next'
import { ProblemError } from '../api/problem.ts'
import css from './states.module.css'

export function isForbidden(error: unknown): error is ProblemError {
  return error instanceof ProblemError && error.problem.status === 403
}

/** Says what is closed to whom, and who can open it. */
export function NoPermission({ what }: { what: string }) {
  const { t } = useTranslation()
  return (
    <section className={`${css.panel} ${css.noPermission}`} aria-label={t('state.noPermission')}>
      <h2>{t('state.noPermission')}</h2>
      <p>{t('state.noPermissionText', { what })}</p>
    </section>
  )
}
