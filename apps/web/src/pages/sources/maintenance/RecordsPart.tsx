import type { MaintenanceRecord } from '@shanshui/contract'
import { useTranslation } from 'react-i18next'
import { useMaintenance } from '../../../api/sources.ts'
import { Panel } from '../../../components/Page.tsx'
import { Async, Empty } from '../../../components/states.tsx'
import type { Column } from '../../../components/table/column.ts'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { Unverified } from '../../../components/Unverified.tsx'
import { shortTime } from '../../../format/time.ts'
import { factorInfo } from '../parts/factor.ts'
import { outletColumns } from '../parts/outletColumns.tsx'
import { StateTag } from '../parts/StateTag.tsx'

/** The ledger, newest first; a withdrawn record stays, struck through by its state. */
export function RecordsPart() {
  const { t } = useTranslation('monitoring')
  const query = useMaintenance({})
  const columns: Column<MaintenanceRecord>[] = [
    { key: 'from', title: t('maintenance.time'), oneLine: true, value: (row) => shortTime(row.from) },
    ...outletColumns<MaintenanceRecord>(t),
    {
      key: 'kind',
      title: t('maintenance.kind'),
      value: (row) => t(`maintenance.kinds.${row.kind}`),
      choices: true,
    },
    {
      key: 'factor',
      title: t('outlet.factor'),
      value: (row) => (row.factor === null ? null : factorInfo(row.factor).name),
    },
    { key: 'content', title: t('maintenance.content'), value: (row) => contentOf(row) },
    {
      key: 'verdict',
      title: t('maintenance.verdict'),
      value: (row) => verdictOf(row, t),
      render: (row) => (
        <>
          {row.withdrawn !== null ? (
            <span className="muted" title={row.withdrawn.reason}>
              {t('maintenance.withdrawn')}
            </span>
          ) : row.passed === null ? (
            '–'
          ) : (
            <StateTag
              tone={row.passed ? 'good' : 'bad'}
              text={t(row.passed ? 'maintenance.passed' : 'maintenance.failed')}
            />
          )}{' '}
          <span className="muted">{row.verdict ?? ''}</span>{' '}
          {row.verdictStatus === 'unverified' && <Unverified source={row.verdict ?? ''} />}
        </>
      ),
    },
    { key: 'technician', title: t('maintenance.technician'), value: (row) => row.technician },
    { key: 'company', title: t('operator'), value: (row) => row.company, choices: true, hidden: true },
    { key: 'next', title: t('maintenance.due'), oneLine: true, value: (row) => row.nextDue },
  ]
  return (
    <Panel title={t('maintenance.records')}>
      <Async
        query={query}
        what={t('maintenance.records')}
        isEmpty={(data) => data.items.length === 0}
        empty={<Empty title={t('maintenance.none')} />}
      >
        {(data) => (
          <DataTable
            id="records"
            caption={t('maintenance.records')}
            columns={columns}
            rows={data.items}
            rowKey={(row) => row.id}
            maxHeight={480}
            exportName={t('maintenance.title')}
          />
        )}
      </Async>
    </Panel>
  )
}

function contentOf({ content, parameter }: MaintenanceRecord): string {
  return parameter === null
    ? content
    : `${content}（${parameter.name}：${parameter.before} → ${parameter.after}）`
}

function verdictOf(row: MaintenanceRecord, t: (key: string) => string): string | null {
  if (row.withdrawn !== null) return t('maintenance.withdrawn')
  if (row.passed === null) return null
  return `${t(row.passed ? 'maintenance.passed' : 'maintenance.failed')} ${row.verdict ?? ''}`.trim()
}
