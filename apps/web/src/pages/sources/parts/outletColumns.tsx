import type { TFunction } from 'i18next'
import { Link } from 'react-router'
import type { Column } from '../../../components/table/column.ts'
import { outletName } from './names.ts'

interface AtOutlet {
  readonly outletId: number
  readonly outletName: string
  readonly enterprise: { readonly name: string }
}

const nameOf = (row: AtOutlet): string => outletName(row.outletName, row.enterprise.name)

/** Of which plant and which of its outlets a row tells; the outlet opens its page. */
export function outletColumns<Row extends AtOutlet>(t: TFunction<'monitoring'>): Column<Row>[] {
  return [
    { key: 'plant', title: t('plant'), value: (row) => row.enterprise.name, choices: true },
    {
      key: 'outlet',
      title: t('outlet.title'),
      value: nameOf,
      render: (row) => <Link to={`/sources/outlets/${row.outletId}`}>{nameOf(row)}</Link>,
    },
  ]
}
