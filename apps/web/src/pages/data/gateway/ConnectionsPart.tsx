import type { GatewayConnection } from '@shanshui/contract'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useGatewayConnections } from '../../../api/gateway.ts'
import { Panel } from '../../../components/Page.tsx'
import { Async } from '../../../components/states.tsx'
import type { Column } from '../../../components/table/column.ts'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { shortTime } from '../../../format/time.ts'

/** Sockets that are open, and those that closed lately with the reason. */
export function ConnectionsPart() {
  const { t } = useTranslation('data')
  const query = useGatewayConnections()
  const columns = useMemo<readonly Column<GatewayConnection>[]>(
    () => [
      { key: 'address', title: t('connection.address'), value: (row) => row.address },
      { key: 'mns', title: 'MN', value: (row) => row.mns.join(' ') },
      {
        key: 'opened',
        title: t('connection.opened'),
        value: (row) => shortTime(row.openedAt),
        oneLine: true,
      },
      { key: 'frames', title: t('connection.frames'), value: (row) => row.frames, decimals: 0 },
      { key: 'bad', title: t('connection.bad'), value: (row) => row.badFrames, decimals: 0 },
      {
        key: 'closed',
        title: t('connection.state'),
        value: (row) =>
          row.closedAt === null
            ? t('connection.open')
            : `${shortTime(row.closedAt)} ${row.closeReason ?? ''}`,
      },
    ],
    [t],
  )
  return (
    <Panel title={t('connection.title')}>
      <Async query={query} what={t('connection.title')}>
        {(data) => (
          <DataTable
            id="connections"
            caption={t('connection.title')}
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
