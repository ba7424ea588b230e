import type { AirHours, ObservationColumns } from '@shanshui/contract'
import { airEditionOn, airItemInfo, aqiLevels } from '@shanshui/standards'
import { useQueries } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/client.ts'
import { Panel } from '../../../components/Page.tsx'
import { ScrollRegion } from '../../../components/ScrollRegion.tsx'
import { Loading } from '../../../components/states.tsx'
import { addDays, dateOf, hourOf, toMs } from '../../../format/time.ts'
import { dayCells, type HourCell, matrixFactors } from './dayMatrix.ts'
import css from './hours.module.css'

/** The day of the hour in one look: every point by twenty-four hours in the official colours, with the numbers. */
export function DayMatrix({ data, onHour }: { data: AirHours; onHour: (hour: number) => void }) {
  const { t } = useTranslation('air')
  const date = dateOf(toMs(data.at))
  const edition = airEditionOn(date)
  const current = hourOf(data.at)
  const query = {
    period: 'hour',
    from: date,
    to: addDays(date, 1),
    factors: matrixFactors,
    includeInvalid: true,
  }
  const days = useQueries({
    queries: data.rows.map((row) => ({
      queryKey: ['air', 'day-matrix', row.pointId, date],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        api.get<ObservationColumns>(`/points/${row.pointId}/observations`, query, signal),
    })),
  })
  if (days.some((day) => day.isPending)) return <Loading rows={data.rows.length} />
  return (
    <Panel title={t('matrix.title', { date })}>
      <ScrollRegion className={css.matrixScroll} label={t('matrix.title', { date })}>
        <table className={css.matrix}>
          <thead>
            <tr>
              <th scope="col">{t('hours.place')}</th>
              {Array.from({ length: 24 }, (_, hour) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: hours of a day
                <th key={hour} scope="col" aria-current={hour === current ? 'time' : undefined}>
                  {hour + 1}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.rows.map((row, index) => {
              const day = days[index]?.data
              return (
                <tr key={row.pointId}>
                  <th scope="row">{row.name}</th>
                  {day === undefined ? (
                    <td colSpan={24} className="muted">
                      {t('matrix.closed')}
                    </td>
                  ) : (
                    dayCells(day, edition).map((cell) => (
                      <Cell
                        key={cell.hour}
                        cell={cell}
                        name={row.name}
                        current={cell.hour === current}
                        onHour={onHour}
                      />
                    ))
                  )}
                </tr>
              )
            })}
          </tbody>
        </table>
      </ScrollRegion>
      <p className="muted">{t('matrix.note')}</p>
    </Panel>
  )
}

interface CellProps {
  readonly cell: HourCell
  readonly name: string
  readonly current: boolean
  readonly onHour: (hour: number) => void
}

function Cell({ cell, name, current, onHour }: CellProps) {
  const { t, i18n } = useTranslation('air')
  const level = aqiLevels.find((entry) => entry.level === cell.level)
  const grade =
    level === undefined ? (cell.reason ?? t('map.noValue')) : i18n.language === 'en' ? level.en : level.class
  const primary = cell.primary.map((item) => airItemInfo[item].zh).join('、')
  const label = `${name} ${cell.hour + 1} ${t('matrix.label')} ${cell.aqi ?? '–'} ${grade} ${primary}`
  return (
    <td>
      <button
        type="button"
        className={`${css.cell} ${current ? css.currentCell : ''} ${level === undefined ? css.noCell : ''}`}
        style={
          level === undefined
            ? undefined
            : { background: level.colour, color: level.level >= 5 ? '#fff' : '#000' }
        }
        aria-label={label}
        title={label}
        onClick={() => onHour(cell.hour)}
      >
        {cell.aqi ?? '–'}
      </button>
    </td>
  )
}
