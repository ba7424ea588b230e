import type { ReactNode } from 'react'
import css from './Page.module.css'

/** Title, switches, content: the frame of every page. */
export function Page(props: { title: ReactNode; note?: ReactNode; tools?: ReactNode; children: ReactNode }) {
  return (
    <article className={css.page}>
      <header className={css.head}>
        <h1>{props.title}</h1>
        {props.note !== undefined && <p className={css.note}>{props.note}</p>}
        {props.tools !== undefined && <div className={`${css.tools} no-print`}>{props.tools}</div>}
      </header>
      {props.children}
    </article>
  )
}

interface PanelProps {
  readonly title?: ReactNode
  readonly tools?: ReactNode
  readonly children: ReactNode
  readonly className?: string
  readonly label?: string
}

/** A part of a page on its own ground. */
export function Panel({ title, tools, children, className, label }: PanelProps) {
  return (
    <section className={`${css.panel} ${className ?? ''}`} aria-label={label}>
      {(title !== undefined || tools !== undefined) && (
        <div className={css.panelHead}>
          {title !== undefined && <h2>{title}</h2>}
          {tools}
        </div>
      )}
      {children}
    </section>
  )
}
