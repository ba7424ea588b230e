import { Select } from 'antd'
import { type Official, useOfficial } from '../../../i18n/useOfficial.ts'

interface Props {
  readonly label: string
  /** The choice of all of them. */
  readonly all: string
  readonly words: Readonly<Record<string, Official>>
  readonly value: string | undefined
  /** Empty for all. */
  readonly onChange: (value: string) => void
}

/** One word of a vocabulary, or all of them. */
export function FilterSelect({ label, all, words, value, onChange }: Props) {
  const official = useOfficial()
  return (
    <Select<string>
      size="small"
      aria-label={label}
      value={value ?? ''}
      style={{ width: 130 }}
      options={[
        { value: '', label: all },
        ...Object.entries(words).map(([key, term]) => ({ value: key, label: official(term) })),
      ]}
      onChange={onChange}
    />
  )
}
