import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useDirectoryPeople } from '../../../api/directory.ts'
import type { ControlProps } from './FieldInput.tsx'

/** A control of tags knows only texts: a user stands in it as `#12`, anybody else as what was typed. */
const tagOf = (one: number | string): string => (typeof one === 'number' ? `#${one}` : one)

/** People: users of the platform by id, others by the name that was typed. */
export function PeopleSelect({ id, value, onChange, field: _, ...named }: ControlProps) {
  const { t } = useTranslation('matters')
  const query = useDirectoryPeople()
  const people = query.data?.items ?? []
  const chosen = Array.isArray(value) ? (value as (number | string)[]) : []
  return (
    <Select<string[]>
      id={id}
      {...named}
      mode="tags"
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={t('form.choosePeople')}
      tokenSeparators={['、', ',', '，', ';', '；']}
      loading={query.isPending}
      value={chosen.map(tagOf)}
      options={people.map((one) => ({ value: tagOf(one.id), label: one.name }))}
      onChange={(next) =>
        onChange(next.length === 0 ? undefined : [...new Set(next.map((tag) => personOf(tag, people)))])
      }
    />
  )
}

/** Who typed the name of a user meant that user. */
export function personOf(
  tag: string,
  people: readonly { readonly id: number; readonly name: string }[],
): number | string {
  if (/^#\d+$/.test(tag)) return Number(tag.slice(1))
  const name = tag.trim()
  const known = people.filter((person) => person.name === name)
  return known.length === 1 ? (known[0]?.id ?? name) : name
}
