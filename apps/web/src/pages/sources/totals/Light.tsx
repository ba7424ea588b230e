import { useTranslation } from 'react-i18next'
import css from './totals.module.css'

/** Progress against the schedule; never by colour alone. */
export function Light({ light }: { light: 'green' | 'yellow' | 'red' }) {
  const { t } = useTranslation('totals')
  return (
    <span className={css.light}>
      <span className={`${css.dot} ${css[light]}`} aria-hidden="true" />
      {t(`light.${light}`)}
    </span>
  )
}
