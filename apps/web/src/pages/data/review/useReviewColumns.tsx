import type { ReviewItem } from '@shanshui/contract'
import { airItemInfo, airItems } from '@shanshui/standards'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Column } from '../../../components/table/column.ts'

interface Choice {
  readonly chosen: ReadonlySet<string>
  readonly toggle: (key: string) => void
}

/** Day values with the number of valid hours behind each, so that a thin day shows at a glance. */
export function useReviewColumns(choice: Choice | undefined): readonly Column<ReviewItem>[] {
  const { t } = useTranslation('data')
  return useMemo(() => {
    const columns: Column<ReviewItem>[] = [
      { key: 'date', title: t('review.date'), value: (row) => row.date, width: 100, oneLine: true },
      {
        key: 'point',
        title: t('station.name'),
        value: (row) => row.pointName,
        choices: true,
        render: (row) => (
          <Link to={`/air/stations/${row.pointId}?from=${row.date}&to=${row.date}`}>{row.pointName}</Link>
        ),
      },
      ...airItems.map((item): Column<ReviewItem> => {
        const { code, zh, unit, decimals } = airItemInfo[item]
        return { key: item, title: zh, unit, decimals, value: (row) => row.values[code] ?? null }
      }),
      {
        key: 'hours',
        title: t('review.hours'),
        // Ozone counts 8-hour windows, not hours; its own rule decides its day.
        value: (row) =>
          Math.min(
            ...airItems
              .filter((item) => item !== 'o3')
              .map((item) => row.validHours[airItemInfo[item].code] ?? 0),
          ),
        decimals: 0,
      },
      {
        key: 'state',
        title: t('review.state'),
        value: (row) => t(`review.states.${row.state}`),
        choices: true,
      },
      {
        key: 'changed',
        title: t('review.changed'),
        value: (row) => (row.changedSince ? t('review.yes') : ''),
        render: (row) => (row.changedSince ? <b className="worse">{t('review.yes')}</b> : ''),
      },
      { key: 'reason', title: t('review.reason'), value: (row) => row.reason },
    ]
    return choice === undefined ? columns : [chooser(choice, t('review.choose')), ...columns]
  }, [t, choice])
}

function chooser({ chosen, toggle }: Choice, title: string): Column<ReviewItem> {
  return {
    key: 'chosen',
    title,
    value: () => null,
    width: 50,
    align: 'center',
    render: (row) => {
      const key = `${row.pointId} ${row.date}`
      return (
        <input
          type="checkbox"
          aria-label={`${title} ${row.date} ${row.pointName}`}
          checked={chosen.has(key)}
          onClick={(event) => event.stopPropagation()}
          onChange={() => toggle(key)}
        />
      )
    },
  }
}
