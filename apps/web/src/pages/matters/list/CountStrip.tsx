import { useTranslation } from 'react-i18next'
import css from '../parts/parts.module.css'

export interface Count<Key extends string> {
  readonly key: Key
  readonly title: string
  readonly count: number
  readonly alarm?: boolean
}

interface Props<Key extends string> {
  readonly label: string
  readonly counts: readonly Count<Key>[]
  readonly chosen: Key | undefined
  /** The chosen one again: undefined, the filter is lifted. */
  readonly onChoose: (key: Key | undefined) => void
}

/** Numbers that filter the list below them. */
export function CountStrip<Key extends string>({ label, counts, chosen, onChoose }: Props<Key>) {
  const { t } = useTranslation('matters')
  return (
    <fieldset className={css.strip}>
      <legend className="visually-hidden">{label}</legend>
      {counts.map(({ key, title, count, alarm }) => (
        <button
          key={key}
          type="button"
          aria-pressed={chosen === key}
          aria-label={t('strip.one', { title, count })}
          className={alarm === true && count > 0 ? css.alarm : undefined}
          onClick={() => onChoose(chosen === key ? undefined : key)}
        >
          <span>{title}</span>
          <strong>{count}</strong>
        </button>
      ))}
    </fieldset>
  )
}
