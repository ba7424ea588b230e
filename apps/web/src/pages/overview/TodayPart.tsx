import type { AirOverview } from '@shanshui/contract'
import { airItemInfo } from '@shanshui/standards'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useCarriedSearch } from '../../app/layout/useScope.ts'
import { AqiGrade } from '../../components/AqiGrade.tsx'
import { Panel } from '../../components/Page.tsx'
import { shortTime } from '../../format/time.ts'
import css from './overview.module.css'

type Today = AirOverview['today']

/** Today's air by station, the city first; yesterday's final day beside it. */
export function TodayPart({ today }: { today: Today }) {
  const { t } = useTranslation('overview')
  const search = useCarriedSearch()
  const rows =
    today.hour === null
      ? today.stations
      : [today.hour, ...today.stations.filter((row) => row.kind !== 'air-city')]
  return (
    <Panel title={t('today')} tools={<Link to={{ pathname: '/air/hours', search }}>{t('toHours')}</Link>}>
      <p className={css.dayLine}>
        {today.dayToNow !== null && (
          <span>
            {t('dayToNow', { date: today.dayToNow.date })}{' '}
            <AqiGrade aqi={today.dayToNow.aqi} level={today.dayToNow.level} reason={today.dayToNow.reason} />
          </span>
        )}
        {today.yesterday !== null && (
          <span>
            {t('yesterday', { date: today.yesterday.date })}{' '}
            <AqiGrade
              aqi={today.yesterday.aqi}
              level={today.yesterday.level}
              reason={today.yesterday.reason}
            />
          </span>
        )}
      </p>
      <table className={css.todayTable}>
        <caption>
          {today.hourAt === null ? t('noHour') : t('hourAt', { time: shortTime(today.hourAt) })}
        </caption>
        <thead className="visually-hidden">
          <tr>
            <th scope="col">{t('place')}</th>
            <th scope="col">AQI</th>
            <th scope="col">{t('primary')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.pointId}>
              <th scope="row">
                {row.kind === 'air-city' ? (
                  <strong>{row.name}</strong>
                ) : (
                  <Link to={{ pathname: `/air/stations/${row.pointId}`, search }}>{row.name}</Link>
                )}
              </th>
              <td>
                <AqiGrade aqi={row.aqi} level={row.level} reason={row.reason} />
              </td>
              <td className="muted">
                {row.aqi === null
                  ? (row.reason ?? '')
                  : row.primary.map((item) => airItemInfo[item].zh).join('、')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}
