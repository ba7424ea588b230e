import type { LimitChoice, OutletHourColumns } from '@shanshui/contract'
import { useTranslation } from 'react-i18next'
import { Unverified } from '../../../components/Unverified.tsx'
import { limitText } from '../parts/factor.ts'
import { unitText } from '../parts/names.ts'
import css from './outlet.module.css'

/** Which limits held in the window and why; a choice whose source was not checked says so. */
export function LimitReason({ columns, factor }: { columns: OutletHourColumns; factor: string }) {
  const { t } = useTranslation('monitoring')
  const limits = columns.factors.find((one) => one.factor === factor)?.limits ?? []
  if (limits.length === 0) return <p className={css.why}>{t('limits.none')}</p>
  return (
    <ul className={css.legend}>
      {limits.map((limit) => (
        <li key={`${limit.source} ${limit.value} ${limit.averaging}`}>
          <LimitLine limit={limit} />
        </li>
      ))}
    </ul>
  )
}

/** Source, place and reason in one sentence; what the reason already names is not said again. */
export function limitBasis({ source, clause, why }: LimitChoice): string {
  const places = [source, ...(clause === null || clause === source ? [] : [clause])]
  return [...places.filter((place) => !why.includes(place)), why].join('，')
}

export function LimitLine({ limit }: { limit: LimitChoice }) {
  const { t } = useTranslation('monitoring')
  const range =
    limit.min === null ? limitText(limit.value) : `${limitText(limit.min)}–${limitText(limit.value)}`
  return (
    <>
      {t(`averaging.${limit.averaging}`)}
      {t('limit')} <b>{range}</b> {unitText(limit.unit)}
      <span className="muted">：{limitBasis(limit)}</span>{' '}
      {(limit.status === 'unverified' || limit.status === 'design') && <Unverified source={limit.source} />}
    </>
  )
}
