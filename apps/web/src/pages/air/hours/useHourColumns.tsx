import type { AirHours } from '@shanshui/contract'
import { airItemInfo, airItems, aqiLevels } from '@shanshui/standards'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useCarriedSearch } from '../../../app/layout/useScope.ts'
import { AqiGrade } from '../../../components/AqiGrade.tsx'
import { useRecordAddress } from '../../../components/figure/RecordDrawer.tsx'
import type { Column } from '../../../components/table/column.ts'
import { formatNumber } from '../../../format/number.ts'
import { useSession } from '../../../session/session.tsx'

type Row = AirHours['rows'][number]

/** Columns of the hour table; a flag other than N stands beside its value, and a station's row opens its frame. */
export function useHourColumns(): Column<Row>[] {
  const { t, i18n } = useTranslation('air')
  const search = useCarriedSearch()
  const { may } = useSession()
  const [, openRecord] = useRecordAddress()
  const language = i18n.language === 'en' ? 'en' : 'class'
  const mayOpen = may('figure:read')
  // biome-ignore lint/correctness/useExhaustiveDependencies: openRecord only writes the address
  return useMemo<Column<Row>[]>(
    () => [
      {
        key: 'name',
        title: t('hours.place'),
        value: (row) => row.name,
        render: (row) =>
          row.kind === 'air-city' ? (
            <strong>{row.name}</strong>
          ) : (
            <Link to={{ pathname: `/air/stations/${row.pointId}`, search }}>{row.name}</Link>
          ),
      },
      { key: 'aqi', title: 'AQI', decimals: 0, value: (row) => row.aqi, hidden: true },
      {
        key: 'level',
        title: t('hours.grade'),
        value: (row) => gradeText(row, language),
        render: (row) => <AqiGrade aqi={row.aqi} level={row.level} reason={row.reason} />,
      },
      {
        key: 'primary',
        title: t('day.primary'),
        value: (row) => row.primary.map((item) => airItemInfo[item].zh).join('、'),
      },
      ...airItems.map((item): Column<Row> => {
        const { zh, unit, decimals } = airItemInfo[item]
        return {
          key: item,
          title: zh,
          unit,
          decimals,
          value: (row) => row.values[item] ?? null,
          render: (row) => <Flagged row={row} item={item} decimals={decimals} />,
        }
      }),
      { key: 'reason', title: t('day.reason'), value: (row) => row.reason },
      {
        key: 'msg',
        title: t('hours.source'),
        value: (row) => row.msg,
        render: (row) => {
          const { msg } = row
          if (msg === null || !mayOpen) return '–'
          return (
            <button
              type="button"
              className="plain-button"
              style={{ color: 'var(--accent)' }}
              onClick={() => openRecord(msg)}
            >
              {t('hours.open')}
              <span className="visually-hidden"> {row.name}</span>
            </button>
          )
        },
      },
    ],
    [t, language, search, mayOpen],
  )
}

function gradeText(row: Row, language: 'en' | 'class'): string | null {
  return aqiLevels.find((level) => level.level === row.level)?.[language] ?? null
}

function Flagged({ row, item, decimals }: { row: Row; item: string; decimals: number }) {
  const { t } = useTranslation('air')
  const flag = row.flags[item] ?? ''
  const text = formatNumber(row.values[item], decimals)
  if (flag === '' || flag === 'N' || flag === ' ') return text
  return (
    <span title={t('hours.flag', { flag })}>
      {text}
      <sup>{flag}</sup>
    </span>
  )
}
