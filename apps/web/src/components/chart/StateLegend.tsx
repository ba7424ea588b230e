import type { ReactNode } from 'react'
import css from './Chart.module.css'

interface Props {
  readonly states: readonly { readonly key: string; readonly colour: string; readonly text: string }[]
  /** Further remarks, each a `li`. */
  readonly children: ReactNode
}

/** What the colours of a strip mean, in words. */
export function StateLegend({ states, children }: Props) {
  return (
    <ul className={css.legend}>
      {states.map(({ key, colour, text }) => (
        <li key={key}>
          <span className={css.swatch} style={{ background: colour }} aria-hidden="true" />
          {text}
        </li>
      ))}
      {children}
    </ul>
  )
}
