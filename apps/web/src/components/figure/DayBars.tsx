import type { AirItemName, FigureInputs } from '@shanshui/contract'
import { airItemInfo } from '@shanshui/standards'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../format/number.ts'
import css from './figure.module.css'

const HEIGHT = 96
const STEP = 4

/** An excluded day without a value of its own is a hatched column over the whole height: it must be seen. */
function heightOf(value: number | null, top: number, included: boolean): number {
  if (value === null) return included ? 3 : HEIGHT
  return Math.max(1, (value / top) * (HEIGHT - 4))
}

interface Props {
  readonly days: FigureInputs['days']
  readonly item: AirItemName
  readonly selected: string
  readonly onOpen: (date: string) => void
}

/**
 * One bar a day. A single tab stop: arrows walk the days, Enter opens one; what a bar says is announced.
 * Excluded days are hatched; days without a value are a short tick.
 */
export function DayBars({ days, item, selected, onOpen }: Props) {
  const { t } = useTranslation('figure')
  const start = Math.max(
    0,
    days.findIndex((day) => day.date === selected),
  )
  const [cursor, setCursor] = useState(start)
  const { unit, decimals } = airItemInfo[item]
  const values = days.map((day) => day.values[item] ?? null)
  const top = Math.max(1, ...values.map((value) => value ?? 0))
  const describe = (index: number): string => {
    const day = days[index]
    if (day === undefined) return ''
    const text = `${day.date} ${formatNumber(values[index], decimals)} ${unit}`
    return day.included ? text : `${text}，${t('notIncluded')}：${day.reason ?? ''}`
  }
  const onKey = (event: KeyboardEvent): void => {
    const moves: Readonly<Record<string, number>> = {
      ArrowLeft: -1,
      ArrowRight: 1,
      PageUp: -30,
      PageDown: 30,
    }
    const move = moves[event.key]
    if (move !== undefined) {
      event.preventDefault()
      setCursor(Math.min(days.length - 1, Math.max(0, cursor + move)))
    }
    const day = days[cursor]
    if ((event.key === 'Enter' || event.key === ' ') && day !== undefined) {
      event.preventDefault()
      onOpen(day.date)
    }
  }
  const width = days.length * STEP
  return (
    <div className={css.bars}>
      <div
        className={css.barScroll}
        role="slider"
        tabIndex={0}
        aria-label={t('daysOf', { item: airItemInfo[item].zh })}
        aria-valuemin={0}
        aria-valuemax={days.length - 1}
        aria-valuenow={cursor}
        aria-valuetext={describe(cursor)}
        onKeyDown={onKey}
      >
        <svg
          viewBox={`0 0 ${width} ${HEIGHT}`}
          preserveAspectRatio="none"
          width="100%"
          height={HEIGHT}
          aria-hidden="true"
        >
          <defs>
            <pattern
              id="excluded"
              width="4"
              height="4"
              patternUnits="userSpaceOnUse"
              patternTransform="rotate(45)"
            >
              <rect width="4" height="4" fill="#fff" />
              <rect width="1.6" height="4" fill="#8a5300" />
            </pattern>
          </defs>
          {days.map((day, index) => {
            const value = values[index] ?? null
            const height = heightOf(value, top, day.included)
            const fill = !day.included ? 'url(#excluded)' : value === null ? '#b8c2cc' : '#5b7f9d'
            return (
              // biome-ignore lint/a11y/noStaticElementInteractions: the pointer's way in; the keyboard's is the slider
              <g
                key={`${day.pointId} ${day.date}`}
                onClick={() => onOpen(day.date)}
                onPointerEnter={() => setCursor(index)}
              >
                <rect x={index * STEP} y={0} width={STEP} height={HEIGHT} fill="transparent" />
                <rect
                  x={index * STEP + 0.4}
                  y={HEIGHT - height}
                  width={STEP - 0.8}
                  height={height}
                  fill={fill}
                  stroke={day.date === selected ? '#1f2933' : index === cursor ? '#1d4f76' : 'none'}
                  strokeWidth="1.2"
                  vectorEffect="non-scaling-stroke"
                />
              </g>
            )
          })}
        </svg>
      </div>
      <p className={css.barLine} aria-live="polite">
        {describe(cursor)}
      </p>
    </div>
  )
}
