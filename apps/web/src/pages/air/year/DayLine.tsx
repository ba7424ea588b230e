import type { AirDay } from '@shanshui/contract'
import { airItemInfo, airItems } from '@shanshui/standards'
import { useTranslation } from 'react-i18next'
import { AqiGrade } from '../../../components/AqiGrade.tsx'
import { formatNumber } from '../../../format/number.ts'
import css from './calendar.module.css'

/** The day under pointer or focus in words and numbers. */
export function DayLine({ day }: { day: AirDay | undefined }) {
  const { t } = useTranslation('air')
  if (day === undefined) return <p className={`${css.line} muted no-print`}>{t('calendar.hint')}</p>
  return (
    <p className={`${css.line} no-print`} aria-live="polite">
      <strong>{day.date}</strong>
      <AqiGrade aqi={day.aqi} level={day.level} reason={day.reason} />
      {day.primary.length > 0 && (
        <span>
          {t('day.primary')} {day.primary.map((item) => airItemInfo[item].zh).join('、')}
        </span>
      )}
      <span className="muted">
        {airItems
          .map(
            (item) => `${airItemInfo[item].zh} ${formatNumber(day.items[item], airItemInfo[item].decimals)}`,
          )
          .join(' · ')}
      </span>
      {day.sand && <span>{t('calendar.sand')}</span>}
      {day.reason !== null && <span className="muted">{day.reason}</span>}
    </p>
  )
}
