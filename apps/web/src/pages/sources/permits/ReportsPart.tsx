import type { ExecutionReport, ExecutionReportDetail } from '@shanshui/contract'
import { Button, Drawer } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { integerParam, useAddress } from '../../../address/useAddress.ts'
import { useExecutionReport, useExecutionReports, useImportReports } from '../../../api/permits.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { FileButton } from '../../../components/FileButton.tsx'
import { Async, Empty } from '../../../components/states.tsx'
import type { Column } from '../../../components/table/column.ts'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { pagedRows } from '../../../components/table/pagedRows.ts'
import { shortTime } from '../../../format/time.ts'
import { useSession } from '../../../session/session.tsx'
import { tonnes } from '../parts/amountColumns.ts'
import { FindingList } from './FindingList.tsx'
import css from './permits.module.css'
import { ReportForm } from './ReportForm.tsx'

type ReportRow = ExecutionReportDetail['rows'][number]
const params = { report: integerParam(0, 0) } as const

/** Execution reports with what the check found; the holder submits, the bureau imports. */
export function ReportsPart({ year, regionCode }: { year: number; regionCode: number }) {
  const { t } = useTranslation('permits')
  const { may } = useSession()
  const [{ report }, change] = useAddress(params)
  const [writing, setWriting] = useState(false)
  const query = useExecutionReports({ regionCode, year })
  const importing = useImportReports()
  const columns = useReportColumns()
  const { rows, paging } = pagedRows(query)
  return (
    <>
      <div className={css.row}>
        {may('permit:submit') && (
          <Button type="primary" size="small" onClick={() => setWriting(true)}>
            {t('writeReport')}
          </Button>
        )}
        {may('permit:write') && (
          <FileButton
            label={t('importReports')}
            hint={t('importHint')}
            accept=".xlsx,.csv"
            busy={importing.isPending}
            onFile={(file) => importing.mutate(file)}
          />
        )}
      </div>
      {importing.isError && <ErrorPanel error={importing.error} what={t('importReports')} />}
      {importing.data !== undefined && (
        <div role="status">
          <p>{t('imported', { reports: importing.data.reports, rows: importing.data.rows })}</p>
          <ul>
            {importing.data.errors.slice(0, 50).map((error) => (
              <li key={`${error.line} ${error.column} ${error.reason}`} className="worse">
                {t('lineError', { line: error.line, column: error.column ?? '', value: error.value ?? '' })}
                {error.reason}
              </li>
            ))}
          </ul>
        </div>
      )}
      <Async
        query={query}
        what={t('view.reports')}
        isEmpty={() => rows.length === 0}
        empty={<Empty title={t('empty.reports', { year })} />}
      >
        {() => (
          <DataTable
            id="reports"
            caption={t('view.reports')}
            columns={columns}
            rows={rows}
            rowKey={(row) => row.id}
            paging={paging}
            onRow={(row) => change({ report: row.id })}
            selectedKey={report}
          />
        )}
      </Async>
      {report > 0 && <ReportDrawer id={report} onClose={() => change({ report: 0 })} />}
      {writing && <ReportForm year={year} onClose={() => setWriting(false)} />}
    </>
  )
}

function useReportColumns(): readonly Column<ExecutionReport>[] {
  const { t } = useTranslation('permits')
  return useMemo(
    () => [
      { key: 'enterprise', title: t('column.enterprise'), value: (row) => row.enterpriseName },
      {
        key: 'period',
        title: t('column.period'),
        oneLine: true,
        value: (row) => `${t(`reportPeriod.${row.period}`)} ${row.periodFrom} – ${row.periodTo}`,
      },
      { key: 'revision', title: t('column.revision'), decimals: 0, value: (row) => row.revision },
      {
        key: 'at',
        title: t('column.submittedAt'),
        oneLine: true,
        value: (row) => shortTime(row.submittedAt),
      },
      { key: 'by', title: t('column.submittedBy'), value: (row) => row.submittedBy },
      { key: 'origin', title: t('column.origin'), choices: true, value: (row) => t(`origin.${row.origin}`) },
      {
        key: 'findings',
        title: t('column.checked'),
        decimals: 0,
        value: (row) => row.findings.length,
        render: (row) => (
          <b className={row.findings.length > 0 ? 'worse' : 'better'}>{row.findings.length}</b>
        ),
      },
    ],
    [t],
  )
}

function ReportDrawer({ id, onClose }: { id: number; onClose: () => void }) {
  const { t } = useTranslation('permits')
  const query = useExecutionReport(id)
  return (
    <Drawer open title={t('report')} size="large" onClose={onClose}>
      <Async query={query} what={t('report')}>
        {(report) => (
          <div className={css.form}>
            <p>
              {report.enterpriseName}，{t(`reportPeriod.${report.period}`)}，{report.periodFrom} –{' '}
              {report.periodTo}
            </p>
            <h3>{t('column.checked')}</h3>
            <FindingList findings={report.findings} />
            <h3>{t('column.total')}</h3>
            <p>{report.totals.map((one) => `${one.pollutant} ${one.tonnes} t`).join('，') || '–'}</p>
            <DataTable
              id="rr"
              caption={t('report')}
              compact
              columns={[
                { key: 'outlet', title: t('column.outlet'), value: (row) => row.outletNumber },
                { key: 'pollutant', title: t('column.pollutant'), value: (row) => row.pollutant },
                { key: 'month', title: t('column.month'), value: (row) => row.month },
                tonnes<ReportRow>('tonnes', t('column.tonnes'), (row) => row.tonnes),
              ]}
              rows={report.rows}
              rowKey={(row) => `${row.outletNumber} ${row.pollutant} ${row.month}`}
            />
          </div>
        )}
      </Async>
    </Drawer>
  )
}
