import { Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import css from './badges.module.css'

/** Small grey 待核实 for a rule whose source could not be checked; the tooltip names the source. */
export function Unverified({ source }: { source: string }) {
  const { t } = useTranslation()
  const text = t('unverified.source', { source })
  return (
    <Tooltip title={text}>
      <button type="button" className={css.unverified} aria-label={`${t('unverified.badge')}。${text}`}>
        {t('unverified.badge')}
      </button>
    </Tooltip>
  )
}
