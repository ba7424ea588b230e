import type { CSSProperties, ReactNode } from 'react'

interface Props {
  readonly label: string
  readonly className?: string | undefined
  readonly style?: CSSProperties
  readonly children: ReactNode
}

/** A part that scrolls by itself and can therefore be reached, and scrolled, by keyboard (WCAG 2.1.1). */
export function ScrollRegion({ label, className, style, children }: Props) {
  const reachable = { tabIndex: 0 }
  return (
    <section {...reachable} aria-label={label} className={className} style={style}>
      {children}
    </section>
  )
}
