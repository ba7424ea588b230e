import type { AirDay } from '@shanshui/contract'
import { airItemInfo, aqiLevels } from '@shanshui/standards'
import { type KeyboardEvent, memo, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useCarriedSearch } from '../../../app/layout/useScope.ts'
import css from './calendar.module.css'
import { type CalendarCell, calendarOf, movePlace, type Place } from './calendar.ts'

interface Props {
  readonly year: number
  readonly days: readonly AirDay[]
  readonly onCurrent: (day: AirDay | undefined) => void
}

/** A grid of months by days: one tab stop, arrows walk, Enter opens the hours of the day. */
export const CalendarGrid = memo(function CalendarGrid({ year, days, onCurrent }: Props) {
  const { t } = useTranslation('air')
  const navigate = useNavigate()
  const carried = useCarriedSearch()
  const rows = useMemo(() => calendarOf(year, days), [year, days])
  const [place, setPlace] = useState<Place>({ row: 0, column: 0 })
  const grid = useRef<HTMLTableElement>(null)

  const openDay = (date: string): void => {
    const search = new URLSearchParams(carried)
    search.set('date', date)
    void navigate({ pathname: '/air/hours', search: search.toString() })
  }
  const onKey = (event: KeyboardEvent): void => {
    const next = movePlace(rows, place, event.key)
    if (next === undefined) return
    event.preventDefault()
    setPlace(next)
    grid.current?.querySelector<HTMLElement>(`[data-place="${next.row}.${next.column}"]`)?.focus()
  }
  return (
    <div className={css.scroll}>
      <table ref={grid} className={css.grid} onKeyDown={onKey} onMouseLeave={() => onCurrent(undefined)}>
        <caption className="visually-hidden">{t('calendar.caption', { year })}</caption>
        <thead aria-hidden="true">
          <tr>
            <th />
            {Array.from({ length: 31 }, (_, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: days of a month
              <th key={i}>{i % 5 === 4 || i === 0 ? i + 1 : ''}</th>
            ))}
            <th className={css.sum}>{t('calendar.excellentOf')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, rowIndex) => (
            <tr key={row.month}>
              <th scope="row">{t('calendar.month', { month: row.month })}</th>
              {row.cells.map((cell, column) => (
                <Square
                  key={cell.date}
                  cell={cell}
                  name={`${rowIndex}.${column}`}
                  reachable={place.row === rowIndex && place.column === column}
                  onFocus={() => {
                    setPlace({ row: rowIndex, column })
                    onCurrent(cell.day)
                  }}
                  onEnter={() => onCurrent(cell.day)}
                  onOpen={() => openDay(cell.date)}
                />
              ))}
              {row.cells.length < 31 && <td colSpan={31 - row.cells.length} className={css.gap} />}
              <td className={css.sum}>{row.valid === 0 ? '' : `${row.excellent} / ${row.valid}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
})

interface SquareProps {
  readonly cell: CalendarCell
  readonly name: string
  readonly reachable: boolean
  readonly onFocus: () => void
  readonly onEnter: () => void
  readonly onOpen: () => void
}

function Square({ cell, name, reachable, onFocus, onEnter, onOpen }: SquareProps) {
  const { t, i18n } = useTranslation('air')
  const { day, date } = cell
  if (day === undefined) return <td className={css.outside} />
  const level = aqiLevels.find((entry) => entry.level === day.level)
  const words = dayWords(
    day,
    level === undefined ? t('calendar.invalid') : i18n.language === 'en' ? level.en : level.class,
  )
  return (
    <td className={css.cell}>
      <button
        type="button"
        data-place={name}
        tabIndex={reachable ? 0 : -1}
        className={`${css.square} ${level === undefined ? css.invalid : ''} ${day.sand ? css.sand : ''}`}
        style={
          level === undefined
            ? undefined
            : { background: level.colour, color: level.level >= 5 ? '#fff' : '#000' }
        }
        aria-label={`${date} ${words}${day.sand ? ` ${t('calendar.sand')}` : ''}`}
        title={`${date} ${words}`}
        onFocus={onFocus}
        onMouseEnter={onEnter}
        onClick={onOpen}
      >
        {day.aqi ?? '–'}
      </button>
    </td>
  )
}

function dayWords(day: AirDay, grade: string): string {
  if (day.aqi === null) return `${grade} ${day.reason ?? ''}`
  const primary = day.primary.map((item) => airItemInfo[item].zh).join('、')
  return `AQI ${day.aqi} ${grade} ${primary}`
}
