import css from './ViewSwitch.module.css'

interface Props<View extends string> {
  readonly label: string
  readonly views: readonly View[]
  /** undefined: none of them. */
  readonly view: View | undefined
  readonly name: (view: View) => string
  readonly onChange: (view: View) => void
}

/** The same data in another shape: a chart or calendar, and its table twin. */
export function ViewSwitch<View extends string>({ label, views, view, name, onChange }: Props<View>) {
  return (
    <fieldset className={`${css.views} no-print`} aria-label={label}>
      {views.map((one) => (
        <button key={one} type="button" aria-pressed={view === one} onClick={() => onChange(one)}>
          {name(one)}
        </button>
      ))}
    </fieldset>
  )
}
