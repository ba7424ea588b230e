import type { OutletHourState } from '@shanshui/contract'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../format/number.ts'
import { factorInfo, limitText } from './factor.ts'
import css from './parts.module.css'

interface Props {
  readonly factor: string
  readonly value: number | null
  readonly limit: number | null
  readonly multiple: number | null
  readonly state: OutletHourState
  /** Put the factor's name before the number. */
  readonly named?: boolean
}

/** Value over limit; red and named when above, struck out when the hour does not count. */
export function FactorValue({ factor, value, limit, multiple, state, named }: Props) {
  const { t } = useTranslation('monitoring')
  const { name, decimals } = factorInfo(factor)
  const over = multiple !== null && state === 'valid'
  const counts = state === 'valid' || state === 'exempt'
  const tone = over ? css.over : counts || value === null ? '' : css.void
  return (
    <span className={css.value}>
      {named === true && <span className="muted">{name}</span>}
      <span className={tone} title={counts ? undefined : t(`hourState.${state}`)}>
        {formatNumber(value, decimals)}
      </span>
      <span className="visually-hidden">
        {over ? t('over') : ''} {counts ? '' : t(`hourState.${state}`)}
      </span>
      {limit !== null && <span className={css.limit}>/{limitText(limit)}</span>}
    </span>
  )
}
