import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorPanel } from './ErrorPanel.tsx'
import { isForbidden, NoPermission } from './NoPermission.tsx'
import css from './states.module.css'

/** Shape of a page that is on its way; announced once, not read line by line. */
export function Loading({ rows = 6, label }: { rows?: number; label?: string }) {
  const { t } = useTranslation()
  return (
    <div className={css.loading} role="status" aria-live="polite">
      <span className="visually-hidden">{label ?? t('state.loading')}</span>
      <div className={css.bars} aria-hidden="true">
        {Array.from({ length: rows }, (_, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: bars that all look alike
          <div key={row} />
        ))}
      </div>
    </div>
  )
}

/** Nothing there: says why that may be, and what to do about it. */
export function Empty({ title, hint, action }: { title: string; hint?: ReactNode; action?: ReactNode }) {
  return (
    <div className={css.empty}>
      <p className={css.emptyTitle}>{title}</p>
      {hint !== undefined && <p className="muted">{hint}</p>}
      {action}
    </div>
  )
}

/** The part of a react-query result that the four states need. */
export interface QueryLike<T> {
  readonly data: T | undefined
  readonly error: unknown
  readonly isPending: boolean
  readonly isFetching?: boolean
  readonly refetch: () => unknown
}

interface AsyncProps<T> {
  readonly query: QueryLike<T>
  /** What is being loaded, in words: named in the error. */
  readonly what: string
  readonly rows?: number
  readonly isEmpty?: (data: T) => boolean
  readonly empty?: ReactNode
  readonly children: (data: T) => ReactNode
}

/** One of the four states of a part of a page: loading, no permission, error, empty; otherwise its children. */
export function Async<T>({ query, what, rows, isEmpty, empty, children }: AsyncProps<T>) {
  const { t } = useTranslation()
  if (query.data !== undefined) {
    if (isEmpty?.(query.data) === true) return empty ?? <Empty title={t('state.empty')} />
    return children(query.data)
  }
  if (query.isPending)
    return <Loading {...(rows === undefined ? {} : { rows })} label={t('state.loadingWhat', { what })} />
  if (isForbidden(query.error)) return <NoPermission what={what} />
  return (
    <ErrorPanel
      error={query.error}
      what={what}
      action={
        <Button size="small" onClick={() => void query.refetch()}>
          {t('action.retry')}
        </Button>
      }
    />
  )
}
