import type { ReportSummary } from '@shanshui/contract'
import { Button } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { integerParam, useAddress } from '../../../address/useAddress.ts'
import { useCreateReport, useReports } from '../../../api/reports.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { Page, Panel } from '../../../components/Page.tsx'
import { Async, Empty } from '../../../components/states.tsx'
import type { Column } from '../../../components/table/column.ts'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { fullTime, today } from '../../../format/time.ts'
import { useSession } from '../../../session/session.tsx'
import { YearStep } from '../../air/year/YearStep.tsx'

/** Which reports exist, which are drafts, and in which of them has something changed? */
export function ReportListPage() {
  const { t } = useTranslation('reports')
  const columns = useColumns()
  const query = useReports()
  return (
    <Page title={t('list.title')} note={t('list.note')} tools={<NewReport />}>
      <Panel>
        <Async
          query={query}
          what={t('list.title')}
          isEmpty={(data) => data.items.length === 0}
          empty={<Empty title={t('list.empty')} hint={t('list.emptyHint')} />}
        >
          {(data) => (
            <DataTable
              id="reports"
              caption={t('list.title')}
              columns={columns}
              rows={data.items}
              rowKey={(row) => row.id}
              exportName={t('list.title')}
            />
          )}
        </Async>
      </Panel>
    </Page>
  )
}

function NewReport() {
  const { t } = useTranslation('reports')
  const { may } = useSession()
  const navigate = useNavigate()
  const lastYear = Number(today().slice(0, 4)) - 1
  const params = useMemo(() => ({ newYear: integerParam(lastYear, 1990, 2100) }), [lastYear])
  const [{ newYear }, change] = useAddress(params)
  const create = useCreateReport()
  if (!may('report:write')) return null
  return (
    <>
      <YearStep year={newYear} last={lastYear + 1} onChange={(year) => change({ newYear: year })} />
      <Button
        type="primary"
        loading={create.isPending}
        onClick={() =>
          create.mutate(newYear, { onSuccess: (report) => void navigate(`/reports/${report.id}`) })
        }
      >
        {t('list.create', { year: newYear })}
      </Button>
      {create.isError && <ErrorPanel error={create.error} what={t('list.create', { year: newYear })} />}
    </>
  )
}

function useColumns(): readonly Column<ReportSummary>[] {
  const { t } = useTranslation('reports')
  return useMemo(
    () => [
      {
        key: 'title',
        title: t('column.title'),
        value: (row) => row.title,
        render: (row) => <Link to={`/reports/${row.id}`}>{row.title}</Link>,
      },
      { key: 'year', title: t('column.year'), value: (row) => row.year, decimals: 0, width: 80 },
      {
        key: 'status',
        title: t('column.status'),
        value: (row) => t(`status.${row.status}`),
        choices: true,
        width: 90,
      },
      { key: 'edition', title: t('column.edition'), value: (row) => t(`edition.${row.edition}`), width: 180 },
      { key: 'figures', title: t('column.figures'), value: (row) => row.figures, decimals: 0, width: 90 },
      {
        key: 'stale',
        title: t('column.stale'),
        value: (row) => row.staleFigures,
        decimals: 0,
        width: 110,
        render: (row) => <span className={row.staleFigures > 0 ? 'worse' : 'muted'}>{row.staleFigures}</span>,
      },
      { key: 'by', title: t('column.createdBy'), value: (row) => row.createdBy, width: 120 },
      { key: 'at', title: t('column.createdAt'), value: (row) => fullTime(row.createdAt), width: 160 },
      {
        key: 'frozen',
        title: t('column.frozenAt'),
        value: (row) => (row.frozenAt === null ? null : fullTime(row.frozenAt)),
        width: 160,
      },
    ],
    [t],
  )
}
