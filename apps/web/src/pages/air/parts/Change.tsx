import type { FigureRef } from '@shanshui/contract'
import { useTranslation } from 'react-i18next'
import { FigureValue } from '../../../components/figure/FigureValue.tsx'

/** A change with its sign; better or worse in colour and, for those who do not see it, in words. */
export function Change({
  figure,
  lowerIsBetter,
  unit,
}: {
  figure: FigureRef
  lowerIsBetter: boolean
  unit?: boolean
}) {
  const { t } = useTranslation('air')
  const value = figure.value
  const kind = value === null || value === 0 ? 'same' : value < 0 === lowerIsBetter ? 'better' : 'worse'
  return (
    <span className={kind === 'same' ? '' : kind}>
      <FigureValue figure={figure} signed {...(unit === undefined ? {} : { unit })} />
      <span className="visually-hidden">{value === null ? '' : t(`change.${kind}`)}</span>
    </span>
  )
}
