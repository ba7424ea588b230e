import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import { FieldInput } from './FieldInput.tsx'
import css from './form.module.css'
import { type FormField, type FormValues, faultOf } from './formValues.ts'

interface Props {
  readonly form: readonly FormField[]
  readonly values: FormValues
  readonly onChange: (values: FormValues) => void
  /** Says what is wrong only after somebody tried to send it. */
  readonly tried: boolean
}

const wideTypes = new Set(['long-text', 'table', 'people', 'choices'])

/** A form made from the fields of a workflow; two columns where there is room. */
export function FieldsForm({ form, values, onChange, tried }: Props) {
  const { t } = useTranslation('matters')
  const official = useOfficial()
  const base = useId()
  if (form.length === 0) return null
  return (
    <div className={css.fields}>
      {form.map((entry) => {
        const { field, required } = entry
        const id = `${base}-${field.id}`
        const fault = faultOf(entry, values[field.id])
        const shown = fault !== undefined && (tried || fault !== 'missing')
        return (
          <div key={field.id} className={wideTypes.has(field.type) ? css.wide : css.field}>
            <label className={css.label} htmlFor={id}>
              {official(field.title)}
              {required && (
                <span className={css.required} title={t('form.required')}>
                  {' *'}
                </span>
              )}
              {field.internal === true && <span className={css.internal}>{t('form.internal')}</span>}
            </label>
            <FieldInput
              id={id}
              field={field}
              value={values[field.id]}
              onChange={(next) => onChange({ ...values, [field.id]: next })}
            />
            {field.help !== undefined && <p className={css.help}>{field.help}</p>}
            {shown && (
              <p className={css.fault} role="alert">
                {t(`form.fault.${fault}`, { min: field.min, max: field.max })}
              </p>
            )}
          </div>
        )
      })}
    </div>
  )
}
