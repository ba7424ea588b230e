import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import { type ControlProps, FieldInput } from './FieldInput.tsx'
import css from './form.module.css'
import type { TableRow } from './formValues.ts'

/** Rows of a table, a small form each: it fits a phone, and every cell has its own label. */
export function TableInput({ id, field, value, onChange }: ControlProps) {
  const { t } = useTranslation('matters')
  const official = useOfficial()
  const rows: readonly TableRow[] = Array.isArray(value) ? value : []
  const title = official(field.title)
  return (
    <div className={css.table} id={id}>
      {rows.map((row, at) => (
        <fieldset
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no id; they keep their place while one is typed into
          key={at}
          className={css.tableRow}
        >
          <legend>{t('form.row', { n: at + 1 })}</legend>
          {(field.columns ?? []).map((column) => (
            <div key={column.id} className={column.type === 'long-text' ? css.wide : css.field}>
              <span className={css.label}>{official(column.title)}</span>
              <FieldInput
                id={`${id}-${at}-${column.id}`}
                label={`${title} ${at + 1} ${official(column.title)}`}
                field={column}
                value={row[column.id]}
                onChange={(next) =>
                  onChange(rows.map((one, index) => (index === at ? { ...one, [column.id]: next } : one)))
                }
              />
            </div>
          ))}
          <Button
            size="small"
            type="text"
            aria-label={t('form.removeRow', { title, n: at + 1 })}
            onClick={() => onChange(rows.filter((_, index) => index !== at))}
          >
            {t('form.remove')}
          </Button>
        </fieldset>
      ))}
      <Button size="small" onClick={() => onChange([...rows, {}])}>
        {t('form.addRow')}
      </Button>
    </div>
  )
}
