import type { FieldDefinition } from '@shanshui/workflow'
import { Input, InputNumber, Segmented, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import { OrganizationSelect } from './OrganizationSelect.tsx'
import { PeopleSelect } from './PeopleSelect.tsx'
import { TableInput } from './TableInput.tsx'

export interface ControlProps {
  readonly id: string
  readonly field: FieldDefinition
  readonly value: unknown
  readonly onChange: (value: unknown) => void
}

/** The control of a field, by its type. `id` is what its label points to; in a table the label is the column's head. */
export function FieldInput({ label, ...props }: ControlProps & { readonly label?: string }) {
  const { id, field, value, onChange } = props
  const official = useOfficial()
  const named = label === undefined ? {} : { 'aria-label': label }
  switch (field.type) {
    case 'text':
      return (
        <Input
          id={id}
          {...named}
          maxLength={field.max ?? 400}
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => onChange(event.target.value)}
        />
      )
    case 'long-text':
      return (
        <Input.TextArea
          id={id}
          {...named}
          autoSize={{ minRows: 2, maxRows: 10 }}
          maxLength={field.max ?? 8000}
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => onChange(event.target.value)}
        />
      )
    case 'number':
    case 'money':
      return <NumberInput {...props} {...named} />
    case 'date':
      return (
        <input
          id={id}
          {...named}
          type="date"
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
        />
      )
    case 'choice':
    case 'choices':
      return (
        <Select
          id={id}
          {...named}
          allowClear
          {...(field.type === 'choices' ? { mode: 'multiple' as const } : {})}
          popupMatchSelectWidth={false}
          value={value ?? (field.type === 'choices' ? [] : undefined)}
          options={(field.options ?? []).map((one) => ({ value: one.value, label: official(one.title) }))}
          onChange={(next: unknown) => onChange(next)}
        />
      )
    case 'yes-no':
      return <YesNo {...props} label={label ?? official(field.title)} />
    case 'people':
      return <PeopleSelect {...props} {...named} />
    case 'organization':
      return (
        <OrganizationSelect
          id={id}
          {...named}
          value={typeof value === 'number' ? value : undefined}
          onChange={onChange}
        />
      )
    case 'table':
      return <TableInput {...props} />
  }
}

function NumberInput({ id, field, value, onChange, ...named }: ControlProps) {
  const unit = field.unit ?? (field.type === 'money' ? '元' : undefined)
  return (
    <InputNumber<number>
      id={id}
      {...named}
      style={{ width: '100%' }}
      {...(unit === undefined ? {} : { suffix: unit })}
      value={typeof value === 'number' ? value : null}
      onChange={(next) => onChange(next ?? undefined)}
    />
  )
}

function YesNo({ value, onChange, label }: ControlProps & { label: string }) {
  const { t } = useTranslation('matters')
  return (
    <Segmented<string>
      aria-label={label}
      value={value === true ? 'yes' : value === false ? 'no' : ''}
      options={[
        { value: 'yes', label: t('yes') },
        { value: 'no', label: t('no') },
        { value: '', label: t('notSaid') },
      ]}
      onChange={(next) => onChange(next === '' ? undefined : next === 'yes')}
    />
  )
}
