import { Input, InputNumber, type InputNumberProps } from 'antd'
import { type ReactNode, useId } from 'react'
import css from './totals.module.css'

/** A control under its label. */
export function Field({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId()
  return (
    <div className={css.field}>
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  )
}

interface WordsProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
}

export function TextField({
  label,
  maxLength,
  value,
  onChange,
}: WordsProps & { readonly maxLength: number }) {
  return (
    <Field label={label}>
      {(id) => (
        <Input
          id={id}
          maxLength={maxLength}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}

export function DateField({ label, value, onChange }: WordsProps) {
  return (
    <Field label={label}>
      {(id) => <input id={id} type="date" value={value} onChange={(event) => onChange(event.target.value)} />}
    </Field>
  )
}

type NumberProps = Pick<InputNumberProps<number>, 'min' | 'max' | 'step'> & {
  readonly label: string
  readonly value: number | null
  readonly onChange: (value: number | null) => void
}

/** Not below nought unless told otherwise. */
export function NumberField({ label, ...control }: NumberProps) {
  return <Field label={label}>{(id) => <InputNumber<number> id={id} min={0} {...control} />}</Field>
}
