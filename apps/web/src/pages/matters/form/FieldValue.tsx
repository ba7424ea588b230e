import type { FieldDefinition } from '@shanshui/workflow'
import { useTranslation } from 'react-i18next'
import { useDirectoryOrganizations, useDirectoryPeople } from '../../../api/directory.ts'
import { formatNumber, NO_VALUE } from '../../../format/number.ts'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import css from './form.module.css'
import { isBlank, type TableRow } from './formValues.ts'

interface Props {
  readonly field: FieldDefinition
  readonly value: unknown
  /** Without the unit: it stands in the head of the column. */
  readonly bare?: boolean
}

/** What stands in a field, to be read. */
export function FieldValue({ field, value, bare = false }: Props) {
  const { t } = useTranslation('matters')
  const official = useOfficial()
  if (isBlank(value)) return NO_VALUE
  switch (field.type) {
    case 'money':
      return withUnit(moneyText(value), bare ? undefined : (field.unit ?? '元'))
    case 'number':
      return withUnit(String(value), bare ? undefined : field.unit)
    case 'yes-no':
      return t(value === true ? 'yes' : 'no')
    case 'choice':
    case 'choices': {
      const chosen = Array.isArray(value) ? value : [value]
      return chosen
        .map((one) => {
          const option = field.options?.find((candidate) => candidate.value === one)
          return option === undefined ? String(one) : official(option.title)
        })
        .join('、')
    }
    case 'people':
      return <People value={value} />
    case 'organization':
      return <Organization value={value} />
    case 'table':
      return <Table field={field} rows={Array.isArray(value) ? (value as TableRow[]) : []} />
    default:
      return <span className={css.text}>{String(value)}</span>
  }
}

const withUnit = (text: string, unit: string | undefined): string =>
  unit === undefined ? text : `${text} ${unit}`

/** Two decimals, thousands apart. */
function moneyText(value: unknown): string {
  if (typeof value !== 'number') return String(value)
  const [whole = '', cents = ''] = formatNumber(value, 2).split('.')
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${cents}`
}

function People({ value }: { value: unknown }) {
  const { t } = useTranslation('matters')
  const people = useDirectoryPeople().data?.items ?? []
  const names = (Array.isArray(value) ? value : [value]).map((one) => {
    if (typeof one !== 'number') return String(one)
    return people.find((person) => person.id === one)?.name ?? t('form.personId', { id: one })
  })
  return names.join('、')
}

function Organization({ value }: { value: unknown }) {
  const { t } = useTranslation('matters')
  const known = useDirectoryOrganizations().data?.items.find((one) => one.id === value)
  return known?.name ?? t('form.organizationId', { id: value })
}

function Table({ field, rows }: { field: FieldDefinition; rows: readonly TableRow[] }) {
  const official = useOfficial()
  const columns = field.columns ?? []
  return (
    <div className={css.scroll}>
      <table className={css.shown}>
        <caption className="visually-hidden">{official(field.title)}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.id} scope="col">
                {official(column.title)}
                {column.unit !== undefined && ` ${column.unit}`}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a record have no id and do not move
            <tr key={at}>
              {columns.map((column) => (
                <td
                  key={column.id}
                  className={column.type === 'number' || column.type === 'money' ? 'number' : ''}
                >
                  <FieldValue bare field={column} value={row[column.id]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
