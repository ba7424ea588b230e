import { aqiLevels } from '@shanshui/standards'
import { useTranslation } from 'react-i18next'
import css from './badges.module.css'

/** Official grade of an AQI: number, colour and class in words; colour never stands alone. */
export function AqiGrade({
  aqi,
  level,
  reason,
}: {
  aqi: number | null
  level: number | null
  reason?: string | null
}) {
  const { t, i18n } = useTranslation()
  const grade = aqiLevels.find((entry) => entry.level === level)
  if (aqi === null || grade === undefined) {
    return (
      <span className="muted" title={reason ?? undefined}>
        {t('grade.na')}
      </span>
    )
  }
  return (
    <span className={css.grade}>
      <span className={css.swatch} style={{ background: grade.colour }} aria-hidden="true" />
      <span>
        {aqi} {i18n.language === 'en' ? grade.en : grade.class}
      </span>
    </span>
  )
}
