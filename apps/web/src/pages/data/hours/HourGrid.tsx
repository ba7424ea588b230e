import type { MissingHours } from '@shanshui/contract'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { shortTime, toMs } from '../../../format/time.ts'
import css from './hours.module.css'
import { parties, partyOf } from './reasons.ts'

const HOUR_MS = 3_600_000

/** Stations by hours, one square an hour, coloured by whose matter the gap is; words on hover, counts in the table. */
export function HourGrid({ data }: { data: MissingHours }) {
  const { t } = useTranslation('data')
  const start = toMs(data.from)
  const marks = Array.from({ length: Math.ceil(data.hours / 6) }, (_, index) => index * 6)
  return (
    <>
      <ul className={css.legend}>
        {parties.map((party) => (
          <li key={party}>
            <span className={`${css.square} ${css[party]}`} aria-hidden="true" />
            {t(`hours.party.${party}`)}
          </li>
        ))}
      </ul>
      <div className={css.scroll}>
        <div className={css.grid} style={{ '--hours': data.hours } as React.CSSProperties}>
          <span />
          <span className={css.axis} aria-hidden="true">
            {marks.map((hour) => (
              <span key={hour} style={{ gridColumn: `${hour + 1} / span 6` }}>
                {hour % 24 === 0 ? shortTime(start + hour * HOUR_MS).slice(0, 5) : String(hour % 24)}
              </span>
            ))}
          </span>
          {data.stations.map((station) => (
            <StationRow key={station.pointId} data={data} station={station} start={start} />
          ))}
        </div>
      </div>
    </>
  )
}

interface RowProps {
  readonly data: MissingHours
  readonly station: MissingHours['stations'][number]
  readonly start: number
}

function StationRow({ data, station, start }: RowProps) {
  const { t } = useTranslation('data')
  const details = new Map(station.details.map((detail) => [detail.hour, detail.text]))
  const complete = station.cells.filter((cell) => data.reasons[cell]?.code === 'complete').length
  return (
    <>
      <Link className={css.name} to={`/air/stations/${station.pointId}`}>
        {station.pointName}
      </Link>
      <span
        className={css.cells}
        role="img"
        aria-label={t('hours.rowLabel', { station: station.pointName, complete, hours: data.hours })}
      >
        {station.cells.map((cell, hour) => {
          const reason = data.reasons[cell]
          if (reason === undefined) return null
          const at = shortTime(start + hour * HOUR_MS)
          const more = [details.get(hour), missingText(station.missingItems[hour], t)].filter(
            (text) => text !== undefined,
          )
          return (
            <span
              // biome-ignore lint/suspicious/noArrayIndexKey: the position is the hour
              key={hour}
              className={`${css.square} ${css[partyOf[reason.code]]}`}
              title={[`${at} ${reason.text}`, ...more].join('\n')}
            />
          )
        })}
      </span>
    </>
  )
}

function missingText(
  count: number | undefined,
  t: (key: string, values: { count: number }) => string,
): string | undefined {
  return count === undefined || count === 0 ? undefined : t('hours.missing', { count })
}
