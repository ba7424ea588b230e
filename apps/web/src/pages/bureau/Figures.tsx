import type { ReactNode } from 'react'
import css from './work.module.css'

export interface PlainFigure {
  readonly key: string
  readonly title: string
  readonly value: string
  readonly note?: ReactNode
  readonly bad?: boolean
}

/** A row of counts with their names. */
export function Figures({ items, label }: { items: readonly PlainFigure[]; label: string }) {
  return (
    <section aria-label={label}>
      <dl className={css.figures}>
        {items.map((one) => (
          <div key={one.key} className={css.figure}>
            <dt>{one.title}</dt>
            <dd>
              <span className={`${css.value} ${one.bad === true ? 'worse' : ''}`}>{one.value}</span>
              {one.note !== undefined && <div className="muted">{one.note}</div>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
