import type { ObligationCounts } from '@shanshui/contract'
import { useTranslation } from 'react-i18next'
import { useObligationCalendar } from '../../../api/permits.ts'
import { Async } from '../../../components/states.tsx'
import { weeksOf } from './calendarWeeks.ts'
import css from './permits.module.css'

interface Props {
  readonly year: number
  readonly regionCode: number
  readonly enterpriseId: number
  readonly onDay: (day: string) => void
}

const months = Array.from({ length: 12 }, (_, index) => index + 1)
const weekdays = [1, 2, 3, 4, 5, 6, 0] as const

/** A year of deadlines; a day with any opens its list. */
export function ObligationCalendar({ year, regionCode, enterpriseId, onDay }: Props) {
  const { t } = useTranslation('permits')
  const query = useObligationCalendar({
    regionCode,
    enterpriseId: enterpriseId === 0 ? undefined : enterpriseId,
    from: `${year}-01-01`,
    to: `${year}-12-31`,
  })
  return (
    <Async query={query} what={t('view.calendar')}>
      {(data) => {
        const byDay = new Map(data.days.map(({ day, counts }) => [day, counts]))
        return (
          <div className={css.calendar}>
            {months.map((month) => (
              <section key={month} className={css.month}>
                <h3>{t('monthOf', { year, month })}</h3>
                <table>
                  <thead>
                    <tr>
                      {weekdays.map((day) => (
                        <th key={day} scope="col">
                          {t(`weekday.${day}`)}
                        </th>
                      ))}
                    </tr>
                  </thead>
                  <tbody>
                    {weeksOf(year, month).map((week) => (
                      <tr key={week.find((day) => day !== null) ?? ''}>
                        {week.map((day, index) => (
                          // biome-ignore lint/suspicious/noArrayIndexKey: the seven places of a week
                          <td key={index}>
                            {day !== null && <Day day={day} counts={byDay.get(day)} onDay={onDay} />}
                          </td>
                        ))}
                      </tr>
                    ))}
                  </tbody>
                </table>
              </section>
            ))}
          </div>
        )
      }}
    </Async>
  )
}

function Day(props: { day: string; counts: ObligationCounts | undefined; onDay: (day: string) => void }) {
  const { day, counts, onDay } = props
  const { t } = useTranslation('permits')
  const number = Number(day.slice(8))
  if (counts === undefined) return <span className={`${css.day} ${css.plain}`}>{number}</span>
  const { due, done, overdue } = counts
  const tone = overdue > 0 ? css.overdue : due > 0 ? css.due : css.done
  const label = t('dayLabel', { day, due, done, overdue })
  return (
    <button
      type="button"
      className={`plain-button ${css.day} ${tone}`}
      title={label}
      onClick={() => onDay(day)}
    >
      <span className="visually-hidden">{label}</span>
      <span aria-hidden="true">{number}</span>
      <b aria-hidden="true">{overdue > 0 ? `!${overdue}` : due > 0 ? due : '✓'}</b>
    </button>
  )
}
