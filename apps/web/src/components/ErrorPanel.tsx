import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { clientCodes, ProblemError } from '../api/problem.ts'
import { copyText } from './copyText.ts'
import css from './states.module.css'

interface Props {
  readonly error: unknown
  /** What the user was doing or looking at. */
  readonly what: string
  readonly action?: ReactNode
}

/** What happened, where, what to do next, and the request id for the operator. */
export function ErrorPanel({ error, what, action }: Props) {
  const { t } = useTranslation()
  const problem = error instanceof ProblemError ? error.problem : undefined
  const title = titleOf(error, t)
  const requestId = error instanceof ProblemError ? error.requestId : undefined
  return (
    <section className={css.panel} role="alert">
      <h2>{title}</h2>
      {problem?.detail !== undefined && problem.detail !== title && <p>{problem.detail}</p>}
      {problem?.errors !== undefined && problem.errors.length > 0 && (
        <ul className={css.list}>
          {problem.errors.map((entry) => (
            <li key={`${entry.path} ${entry.message}`}>
              <span className="mono">{entry.path}</span> {entry.message}
            </li>
          ))}
        </ul>
      )}
      <dl className={css.facts}>
        <dt>{t('error.where')}</dt>
        <dd>{what}</dd>
        <dt>{t('error.next')}</dt>
        <dd>{t(nextStepKey(problem?.status))}</dd>
        {problem !== undefined && (
          <>
            <dt>{t('error.code')}</dt>
            <dd className="mono">{problem.code}</dd>
          </>
        )}
        {requestId !== undefined && (
          <>
            <dt>{t('error.requestId')}</dt>
            <dd>
              <span className="mono">{requestId}</span>{' '}
              <button type="button" className={css.copy} onClick={() => void copyText(requestId)}>
                {t('action.copy')}
              </button>
            </dd>
          </>
        )}
      </dl>
      {action !== undefined && <div>{action}</div>}
    </section>
  )
}

function titleOf(error: unknown, t: (key: string) => string): string {
  if (!(error instanceof ProblemError)) return t('error.unexpected')
  if (error.problem.code === clientCodes.unreachable) return t('error.unreachable')
  return error.problem.title
}

function nextStepKey(status: number | undefined): string {
  if (status === undefined) return 'error.nextReload'
  if (status === 0) return 'error.nextNetwork'
  if (status === 400 || status === 422) return 'error.nextMend'
  if (status === 404) return 'error.nextMissing'
  if (status === 409 || status === 412) return 'error.nextConflict'
  if (status === 429) return 'error.nextLater'
  if (status === 503) return 'error.nextStarting'
  return 'error.nextOperator'
}
