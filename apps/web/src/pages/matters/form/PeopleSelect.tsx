import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useDirectoryPeople } from '../../../api/directory.ts'
import type { ControlProps } from './FieldInput.tsx'

/** People: users of the platform by id, others by the name that was typed. */
export function PeopleSelect({ id, value, onChange, field: _, ...named }: ControlProps) {
  const { t } = useTranslation('matters')
  const query = useDirectoryPeople()
  const people = query.data?.items ?? []
  const chosen = Array.isArray(value) ? (value as (number | string)[]) : []
  return (
    <Select<(number | string)[]>
      id={id}
      {...named}
      mode="tags"
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={t('form.choosePeople')}
      tokenSeparators={['、', ',', '，', ';', '；']}
      loading={query.isPending}
      value={chosen}
      options={people.map((one) => ({ value: one.id, label: one.name }))}
      onChange={(next) =>
        onChange(next.length === 0 ? undefined : next.map((one) => knownPerson(one, people)))
      }
    />
  )
}

/** Who typed the name of a user meant that user. */
function knownPerson(
  one: number | string,
  people: readonly { readonly id: number; readonly name: string }[],
): number | string {
  if (typeof one === 'number') return one
  const name = one.trim()
  const known = people.filter((person) => person.name === name)
  return known.length === 1 ? (known[0]?.id ?? name) : name
}
