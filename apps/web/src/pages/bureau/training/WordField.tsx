import { Select } from 'antd'
import { type Official, useOfficial } from '../../../i18n/useOfficial.ts'
import { Field } from '../../sources/totals/Field.tsx'

interface WordProps<K extends string> {
  readonly label: string
  readonly words: Readonly<Record<K, Official>>
  readonly value: K
  readonly onChange: (value: K) => void
}

/** One word of a vocabulary. */
export function WordField<K extends string>({ label, words, value, onChange }: WordProps<K>) {
  const official = useOfficial()
  const options = Object.entries<Official>(words).map(([key, term]) => ({
    value: key as K,
    label: official(term),
  }))
  return (
    <Field label={label}>
      {(id) => <Select<K> id={id} value={value} options={options} onChange={(next) => onChange(next)} />}
    </Field>
  )
}
