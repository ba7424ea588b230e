import type { GatewayCommand } from '@shanshui/contract'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useGatewayCommands } from '../../../api/gateway.ts'
import { Panel } from '../../../components/Page.tsx'
import { Async } from '../../../components/states.tsx'
import type { Column } from '../../../components/table/column.ts'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { shortTime } from '../../../format/time.ts'

/** What was asked of stations, by whom or by the platform itself, and what came of it. */
export function CommandsPart() {
  const { t } = useTranslation('data')
  const query = useGatewayCommands()
  const columns = useMemo<readonly Column<GatewayCommand>[]>(() => {
    const range = (row: GatewayCommand): string | null =>
      row.from === null || row.to === null ? null : `${shortTime(row.from)} — ${shortTime(row.to)}`
    return [
      { key: 'at', title: t('command.at'), value: (row) => shortTime(row.requestedAt), oneLine: true },
      { key: 'station', title: t('station.name'), value: (row) => row.pointName ?? row.mn },
      { key: 'kind', title: t('command.kind'), value: (row) => t(`command.${row.kind}`), choices: true },
      { key: 'range', title: t('command.range'), value: range },
      {
        key: 'by',
        title: t('command.by'),
        value: (row) => (row.automatic ? t('command.automatic') : row.requestedBy),
      },
      {
        key: 'state',
        title: t('command.state'),
        value: (row) => t(`command.states.${row.state}`),
        choices: true,
      },
      { key: 'result', title: t('command.result'), value: (row) => row.result },
    ]
  }, [t])
  return (
    <Panel title={t('command.list')}>
      <Async query={query} what={t('command.list')}>
        {(data) => (
          <DataTable
            id="commands"
            caption={t('command.list')}
            columns={columns}
            rows={data.items}
            rowKey={(row) => row.id}
            maxHeight={320}
          />
        )}
      </Async>
    </Panel>
  )
}
