import type { Import } from '@shanshui/contract'
import { Button } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useImports } from '../../../api/imports.ts'
import { Page, Panel } from '../../../components/Page.tsx'
import { Async, Empty } from '../../../components/states.tsx'
import type { Column } from '../../../components/table/column.ts'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { pagedRows } from '../../../components/table/pagedRows.ts'
import { shortTime } from '../../../format/time.ts'
import { useSession } from '../../../session/session.tsx'
import { UploadPart } from './UploadPart.tsx'

/** What was brought in by file, and did it all arrive? */
export function ImportsPage() {
  const { t } = useTranslation('data')
  const { may } = useSession()
  const columns = useColumns()
  const query = useImports()
  const { rows, paging } = pagedRows(query)
  return (
    <Page title={t('imports.title')} note={t('imports.note')}>
      {may('import:write') && (
        <Panel title={t('imports.upload')}>
          <UploadPart />
        </Panel>
      )}
      <Panel title={t('imports.list')}>
        <Async
          query={query}
          what={t('imports.list')}
          isEmpty={() => rows.length === 0}
          empty={<Empty title={t('imports.empty')} hint={t('imports.emptyHint')} />}
        >
          {() => (
            <DataTable
              id="imports"
              caption={t('imports.list')}
              columns={columns}
              rows={rows}
              rowKey={(row) => row.id}
              exportName={t('imports.list')}
              paging={paging}
            />
          )}
        </Async>
      </Panel>
    </Page>
  )
}

function useColumns(): readonly Column<Import>[] {
  const { t } = useTranslation('data')
  return useMemo(
    () => [
      {
        key: 'file',
        title: t('imports.file'),
        value: (row) => row.fileName,
        render: (row) => <Link to={`/data/imports/${row.id}`}>{row.fileName}</Link>,
      },
      {
        key: 'kind',
        title: t('imports.kind'),
        value: (row) => t(`imports.kinds.${row.kind}`),
        choices: true,
        oneLine: true,
      },
      {
        key: 'state',
        title: t('imports.state'),
        value: (row) => t(`imports.states.${row.state}`),
        choices: true,
        width: 90,
      },
      { key: 'rows', title: t('imports.rows'), value: (row) => row.rows, decimals: 0, width: 100 },
      { key: 'inserted', title: t('imports.inserted'), value: (row) => row.inserted, decimals: 0, width: 90 },
      { key: 'revised', title: t('imports.revised'), value: (row) => row.revised, decimals: 0, width: 90 },
      {
        key: 'unchanged',
        title: t('imports.unchanged'),
        value: (row) => row.unchanged,
        decimals: 0,
        width: 90,
      },
      {
        key: 'errors',
        title: t('imports.errors'),
        value: (row) => row.errors,
        decimals: 0,
        width: 90,
        render: (row) => <span className={row.errors > 0 ? 'worse' : 'muted'}>{row.errors}</span>,
      },
      { key: 'by', title: t('imports.by'), value: (row) => row.uploadedBy, width: 110 },
      { key: 'at', title: t('imports.at'), value: (row) => shortTime(row.uploadedAt), width: 110 },
      {
        key: 'open',
        title: t('imports.report'),
        value: () => null,
        width: 90,
        render: (row) =>
          row.errors > 0 ? (
            <Button size="small" type="link" href={`/api/v1/imports/${row.id}/errors.csv`} download>
              {t('imports.errorFile')}
            </Button>
          ) : null,
      },
    ],
    [t],
  )
}
