import { useId } from 'react'
import css from './field.module.css'

interface Props {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly long?: boolean
  readonly hint?: string
}

/** A labelled line, large enough for a thumb. */
export function TextField({ label, value, onChange, long = false, hint }: Props) {
  const id = useId()
  const input = { id, className: css.input, value, placeholder: hint }
  return (
    <div className={css.label}>
      <label htmlFor={id}>{label}</label>
      {long ? (
        <textarea {...input} onChange={(event) => onChange(event.target.value)} />
      ) : (
        <input {...input} onChange={(event) => onChange(event.target.value)} />
      )}
    </div>
  )
}
