import type { FigureDetail } from '@shanshui/contract'
import { useTranslation } from 'react-i18next'
import { Async } from '../states.tsx'
import { FigureBasisPart } from './FigureBasisPart.tsx'
import { FigureComparison } from './FigureComparison.tsx'
import { FigureHead } from './FigureHead.tsx'
import { FigureHistory } from './FigureHistory.tsx'
import { FigureInputsPart } from './FigureInputsPart.tsx'
import css from './figure.module.css'
import { useFigure } from './useFigure.ts'

/** Everything about one figure, in the order of the questions an inspector asks. */
export function FigureSheet({ id }: { id: number }) {
  const { t } = useTranslation('figure')
  const query = useFigure(id)
  return (
    <Async query={query} what={t('what', { id })} rows={10}>
      {(figure) => <Sheet figure={figure} />}
    </Async>
  )
}

function Sheet({ figure }: { figure: FigureDetail }) {
  return (
    <div className={css.sheet}>
      <FigureHead figure={figure} />
      <FigureBasisPart figure={figure} />
      <FigureInputsPart figure={figure} />
      <FigureComparison figure={figure} />
      <FigureHistory figure={figure} />
    </div>
  )
}
