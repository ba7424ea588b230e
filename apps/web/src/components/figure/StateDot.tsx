import type { FigureState } from '@shanshui/contract'
import { useTranslation } from 'react-i18next'
import css from '../badges.module.css'

/** Shape and words besides colour: full = fresh, half = stale, hollow square = frozen. */
export function StateDot({ state, words = false }: { state: FigureState; words?: boolean }) {
  const { t } = useTranslation()
  const text = t(`figure.state.${state}`)
  return (
    <span className={css.grade}>
      <span className={`${css.dot} ${css[state]}`} role="img" aria-label={text} title={text} />
      {words && <span aria-hidden="true">{text}</span>}
    </span>
  )
}
