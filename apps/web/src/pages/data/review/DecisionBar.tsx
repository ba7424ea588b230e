import type { ReviewItem, ReviewLevel } from '@shanshui/contract'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDecideReview } from '../../../api/review.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'

interface Props {
  readonly level: ReviewLevel
  readonly rows: readonly ReviewItem[]
  readonly onAll: () => void
  readonly onDone: () => void
}

/** Approve or return what is chosen; returning needs a reason, and what was refused is named. */
export function DecisionBar({ level, rows, onAll, onDone }: Props) {
  const { t } = useTranslation('data')
  const [reason, setReason] = useState('')
  const decide = useDecideReview()
  const items = rows.map(({ pointId, date }) => ({ pointId, date }))
  const send = (decision: 'approve' | 'return'): void => {
    const text = reason.trim()
    const body = text === '' ? { decision, items } : { decision, items, reason: text }
    decide.mutate({ level, body }, { onSuccess: onDone })
  }
  const refused = decide.data?.refused ?? []
  return (
    <>
      <Button size="small" onClick={onAll}>
        {t('review.all')}
      </Button>
      <Input
        size="small"
        style={{ width: 200 }}
        aria-label={t('review.why')}
        placeholder={t('review.why')}
        value={reason}
        maxLength={500}
        onChange={(event) => setReason(event.target.value)}
      />
      <Button
        size="small"
        type="primary"
        disabled={items.length === 0}
        loading={decide.isPending}
        onClick={() => send('approve')}
      >
        {t('review.approve', { count: items.length })}
      </Button>
      <Button
        size="small"
        disabled={items.length === 0 || reason.trim() === ''}
        loading={decide.isPending}
        onClick={() => send('return')}
      >
        {t('review.return')}
      </Button>
      {refused.length > 0 && (
        <span className="worse" role="alert">
          {t('review.refused', {
            count: refused.length,
            first: `${refused[0]?.date} ${refused[0]?.problem}`,
          })}
        </span>
      )}
      {decide.isError && <ErrorPanel error={decide.error} what={t('review.title')} />}
    </>
  )
}
