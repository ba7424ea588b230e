import { Button, Input, Select } from 'antd'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { PropertyField, Typed } from './property-fields.ts'
import css from './registry.module.css'

interface Props {
  readonly fields: readonly PropertyField[]
  readonly typed: Typed
  readonly onChange: (typed: Typed) => void
}

/** Fields in two columns; a list of rows has a form an item below its title. */
export function PropertyForm({ fields, typed, onChange }: Props) {
  return fields.map((field) => {
    const value = typed[field.name]
    const change = (next: string | readonly Typed[]) => onChange({ ...typed, [field.name]: next })
    return field.kind === 'rows' ? (
      <Rows
        key={field.name}
        field={field}
        items={typeof value === 'string' ? [] : (value ?? [])}
        onChange={change}
      />
    ) : (
      <Property
        key={field.name}
        field={field}
        value={typeof value === 'string' ? value : ''}
        onChange={change}
      />
    )
  })
}

interface RowsProps {
  readonly field: PropertyField
  readonly items: readonly Typed[]
  readonly onChange: (items: readonly Typed[]) => void
}

function Rows({ field, items, onChange }: RowsProps) {
  const { t } = useTranslation('data')
  return (
    <fieldset className={css.rows}>
      <legend>
        {field.title}
        {field.required && ' *'}{' '}
        <span className="muted">{t('registry.nested', { count: items.length })}</span>
      </legend>
      {items.map((item, index) => (
        <fieldset
          // biome-ignore lint/suspicious/noArrayIndexKey: items have no id; they keep their place while one is typed into
          key={index}
          className={css.item}
        >
          <legend>
            {t('registry.item', { n: index + 1 })}{' '}
            <Button
              size="small"
              type="text"
              aria-label={`${t('registry.removeRow')} ${field.title} ${index + 1}`}
              onClick={() => onChange(items.filter((_, at) => at !== index))}
            >
              {t('registry.removeRow')}
            </Button>
          </legend>
          <div className={css.form}>
            <PropertyForm
              fields={field.fields}
              typed={item}
              onChange={(next) => onChange(items.map((one, at) => (at === index ? next : one)))}
            />
          </div>
        </fieldset>
      ))}
      <Button size="small" onClick={() => onChange([...items, {}])}>
        {t('registry.addRow')} {field.title}
      </Button>
    </fieldset>
  )
}

interface PropertyProps {
  readonly field: PropertyField
  readonly value: string
  readonly onChange: (text: string) => void
}

function Property({ field, value, onChange }: PropertyProps) {
  const { t } = useTranslation('data')
  const id = useId()
  const flags = [
    { value: 'true', label: t('registry.yes') },
    { value: 'false', label: t('registry.no') },
  ]
  const options =
    field.kind === 'flag'
      ? flags
      : field.choices.map((choice) => ({ value: String(choice.value), label: choice.label }))
  return (
    <>
      <label htmlFor={id}>
        {field.title}
        {field.required && ' *'}
      </label>
      {field.kind === 'choice' || field.kind === 'flag' ? (
        <Select
          id={id}
          allowClear={!field.required}
          placeholder={t('registry.choose')}
          value={value === '' ? null : value}
          options={options}
          onChange={(next: string | null | undefined) => onChange(next ?? '')}
        />
      ) : (
        <Input
          id={id}
          value={value}
          inputMode={field.kind === 'number' ? 'decimal' : 'text'}
          placeholder={field.example !== '' ? field.example : field.kind === 'list' ? t('registry.list') : ''}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </>
  )
}
