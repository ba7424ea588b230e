import type { ReviewTarget } from '@shanshui/contract'
import { Drawer } from 'antd'
import { useTranslation } from 'react-i18next'
import { useReviewHistory } from '../../../api/review.ts'
import { Async, Empty } from '../../../components/states.tsx'
import { fullTime } from '../../../format/time.ts'

/** Who decided what about a station-day, level by level. */
export function HistoryDrawer({
  target,
  onClose,
}: {
  target: ReviewTarget | undefined
  onClose: () => void
}) {
  const { t } = useTranslation('data')
  const query = useReviewHistory(target)
  return (
    <Drawer
      open={target !== undefined}
      title={t('review.history', { date: target?.date ?? '' })}
      onClose={onClose}
    >
      <Async
        query={query}
        what={t('review.history', { date: target?.date ?? '' })}
        isEmpty={(data) => data.events.length === 0}
        empty={<Empty title={t('review.noHistory')} />}
      >
        {(data) => (
          <ol>
            {data.events.map((event) => (
              <li key={event.id}>
                <b>
                  {t(`review.levels.${event.level}`)} {t(`review.decisions.${event.decision}`)}
                </b>{' '}
                {event.byName} <span className="muted">{fullTime(event.at)}</span>
                {event.reason !== '' && <p>{event.reason}</p>}
              </li>
            ))}
          </ol>
        )}
      </Async>
    </Drawer>
  )
}
