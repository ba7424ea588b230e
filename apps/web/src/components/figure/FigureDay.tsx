import type { AirItemName, FigureInputDay } from '@shanshui/contract'
import { airItemInfo } from '@shanshui/standards'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../format/number.ts'
import { ScrollRegion } from '../ScrollRegion.tsx'
import { Async } from '../states.tsx'
import { FigureRecordPart } from './FigureRecordPart.tsx'
import css from './figure.module.css'
import { fileLines } from './fileLines.ts'
import { useFigureInputDay } from './useFigure.ts'
import { useFigureAddress } from './useFigureAddress.ts'

interface Props {
  readonly figureId: number
  readonly date: string
  readonly item: AirItemName
}

/** One day: 24 hours by station; an hour opens the raw frame or file line it came from. */
export function FigureDay({ figureId, date, item }: Props) {
  const { t } = useTranslation('figure')
  const { record, hour } = useFigureAddress()
  const query = useFigureInputDay(figureId, date)
  return (
    <section className={css.day} aria-label={t('dayTitle', { date })}>
      <h3>
        {t('dayTitle', { date })}
        <span className="muted">
          {' '}
          {airItemInfo[item].zh}（{airItemInfo[item].unit}）
        </span>
      </h3>
      <Async query={query} what={t('dayTitle', { date })} rows={6}>
        {(day) => <HourGrid day={day} item={item} />}
      </Async>
      {record !== '' && <FigureRecordPart msg={record} lines={fileLines(date, hour, airItemInfo[item].zh)} />}
    </section>
  )
}

function HourGrid({ day, item }: { day: FigureInputDay; item: AirItemName }) {
  const { t } = useTranslation('figure')
  const { hour: opened, openRecord } = useFigureAddress()
  const { decimals } = airItemInfo[item]
  const labels = Array.from({ length: 24 }, (_, index) => index + 1)
  return (
    <>
      <ScrollRegion className={css.scroll} label={t('hoursByStation')}>
        <table className={`${css.table} ${css.hours}`}>
          <thead>
            <tr>
              <th scope="col">{t('station')}</th>
              <th scope="col" className="number">
                {t('dayValue')}
              </th>
              {labels.map((label) => (
                <th key={label} scope="col" className="number">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {day.stations.map((station) => (
              <tr key={station.id}>
                <th scope="row">{station.name}</th>
                <td className="number">
                  <strong>{formatNumber(station.day[item], decimals)}</strong>
                </td>
                {labels.map((label) => (
                  <HourCell
                    key={label}
                    hour={station.hours.find((hour) => hour.hour === label)}
                    item={item}
                    decimals={decimals}
                    open={opened === `${station.id}.${label}`}
                    onOpen={(msg) => openRecord(msg, `${station.id}.${label}`)}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <p className="muted">{t('hourHint')}</p>
    </>
  )
}

interface CellProps {
  readonly hour: FigureInputDay['stations'][number]['hours'][number] | undefined
  readonly item: AirItemName
  readonly decimals: number
  readonly open: boolean
  readonly onOpen: (msg: string) => void
}

function HourCell({ hour, item, decimals, open, onOpen }: CellProps) {
  const { t } = useTranslation('figure')
  const value = hour?.values[item] ?? null
  const flag = hour?.flags[item] ?? ''
  const mark = hour?.marks[item] ?? '.'
  const remark = remarkOf(flag, mark, t)
  const text = formatNumber(value, decimals)
  const msg = hour?.msg ?? null
  return (
    <td className={`number ${mark === 'X' ? css.invalid : ''} ${open ? css.openCell : ''}`}>
      {msg === null ? (
        <span title={remark}>{text}</span>
      ) : (
        <button
          type="button"
          className={`plain-button ${css.hourLink}`}
          title={remark === '' ? t('openRecord') : remark}
          aria-label={`${hour?.hour ?? ''} ${text} ${remark} ${t('openRecord')}`}
          onClick={() => onOpen(msg)}
        >
          {text}
        </button>
      )}
      {remark !== '' && <sup aria-hidden="true">{mark === '.' ? flag : mark}</sup>}
    </td>
  )
}

function remarkOf(flag: string, mark: string, t: TFunction<'figure'>): string {
  if (mark === 'X') return t('markInvalid')
  if (mark === 'S') return t('markSand')
  if (flag !== '' && flag !== ' ' && flag !== 'N') return t('flag', { flag })
  return ''
}
