import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import css from './year.module.css'

/** Year by year; never into the future. */
export function YearStep({
  year,
  last,
  onChange,
}: {
  year: number
  last: number
  onChange: (year: number) => void
}) {
  const { t } = useTranslation('air')
  return (
    <span className={css.step}>
      <Button
        size="small"
        icon={<LeftOutlined />}
        aria-label={t('year.previous')}
        onClick={() => onChange(year - 1)}
      />
      <strong aria-live="polite">{year}</strong>
      <Button
        size="small"
        icon={<RightOutlined />}
        aria-label={t('year.next')}
        disabled={year >= last}
        onClick={() => onChange(year + 1)}
      />
    </span>
  )
}
