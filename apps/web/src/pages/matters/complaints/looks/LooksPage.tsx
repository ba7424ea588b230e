import type { ComplaintLook } from '@shanshui/contract'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { integerParam, useAddress } from '../../../../address/useAddress.ts'
import { useLooks } from '../../../../api/complaints.ts'
import { useCarriedSearch } from '../../../../app/layout/useScope.ts'
import { Page, Panel } from '../../../../components/Page.tsx'
import { Async, Empty } from '../../../../components/states.tsx'
import type { Column } from '../../../../components/table/column.ts'
import { DataTable } from '../../../../components/table/DataTable.tsx'
import { pagedRows } from '../../../../components/table/pagedRows.ts'
import { fullTime } from '../../../../format/time.ts'

const params = { complaint: integerParam(0, 0) } as const

/** Who looked at whom, when and why. Auditor and clerk see all of their area, others their own. */
export function LooksPage() {
  const { t } = useTranslation('complaints')
  const search = useCarriedSearch()
  const [{ complaint }, change] = useAddress(params)
  const query = useLooks(complaint === 0 ? undefined : complaint)
  const { rows, paging } = pagedRows(query)
  const columns = useMemo<readonly Column<ComplaintLook>[]>(
    () => [
      { key: 'at', title: t('looks.at'), value: (row) => fullTime(row.at), oneLine: true },
      { key: 'by', title: t('looks.by'), value: (row) => row.by, choices: true, oneLine: true },
      {
        key: 'organization',
        title: t('looks.organization'),
        value: (row) => row.organization,
        choices: true,
      },
      {
        key: 'number',
        title: t('column.number'),
        value: (row) => row.complaint.number,
        render: (row) => (
          <Link to={{ pathname: `/matters/complaints/${row.complaint.id}`, search }}>
            {row.complaint.number}
          </Link>
        ),
        oneLine: true,
      },
      { key: 'reason', title: t('look.reason'), value: (row) => row.reason },
    ],
    [t, search],
  )
  return (
    <Page
      title={t('looks.title')}
      note={t('looks.note')}
      tools={
        complaint !== 0 && (
          <button type="button" onClick={() => change({ complaint: 0 })}>
            {t('looks.all')}
          </button>
        )
      }
    >
      <Panel>
        <Async query={query} what={t('looks.title')} rows={8}>
          {() => (
            <DataTable
              id="l"
              caption={t('looks.title')}
              columns={columns}
              rows={rows}
              rowKey={(row) => row.id}
              paging={paging}
              empty={<Empty title={t('looks.none')} />}
            />
          )}
        </Async>
      </Panel>
    </Page>
  )
}
