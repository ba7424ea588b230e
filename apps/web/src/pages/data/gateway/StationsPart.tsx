import type { CommandKind, GatewayStation } from '@shanshui/contract'
import { Button } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useGatewayStations } from '../../../api/gateway.ts'
import { Panel } from '../../../components/Page.tsx'
import { Async, Empty } from '../../../components/states.tsx'
import type { Column } from '../../../components/table/column.ts'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { shortTime } from '../../../format/time.ts'
import { useSession } from '../../../session/session.tsx'
import { CommandDialog } from './CommandDialog.tsx'
import css from './gateway.module.css'

const commands: readonly CommandKind[] = ['query-hours', 'read-time', 'set-time']

/** Every registered station with its state; commands to it for those who may give them. */
export function StationsPart() {
  const { t } = useTranslation('data')
  const { may } = useSession()
  const query = useGatewayStations()
  const [order, setOrder] = useState<{ station: GatewayStation; kind: CommandKind }>()
  const operate = may('gateway:operate')
  const columns = useColumns(operate ? (station, kind) => setOrder({ station, kind }) : undefined)
  return (
    <Panel title={t('gateway.stations')}>
      <Async
        query={query}
        what={t('gateway.stations')}
        isEmpty={(data) => data.items.length === 0}
        empty={<Empty title={t('gateway.noStations')} hint={t('gateway.noStationsHint')} />}
      >
        {(data) => (
          <DataTable
            id="stations"
            caption={t('gateway.stations')}
            columns={columns}
            rows={data.items}
            rowKey={(row) => row.mn}
            exportName={t('gateway.stations')}
          />
        )}
      </Async>
      {order !== undefined && (
        <CommandDialog station={order.station} kind={order.kind} onClose={() => setOrder(undefined)} />
      )}
    </Panel>
  )
}

function useColumns(onCommand: ((station: GatewayStation, kind: CommandKind) => void) | undefined) {
  const { t } = useTranslation('data')
  return useMemo<readonly Column<GatewayStation>[]>(() => {
    const time = (at: string | null): string | null => (at === null ? null : shortTime(at))
    const columns: Column<GatewayStation>[] = [
      {
        key: 'name',
        title: t('station.name'),
        value: (row) => row.pointName,
        render: (row) => <Link to={`/air/stations/${row.pointId}`}>{row.pointName}</Link>,
      },
      {
        key: 'online',
        title: t('station.online'),
        value: (row) => t(`online.${row.online}`),
        render: (row) => (
          <span className={row.online === 'online' ? 'better' : 'worse'}>{t(`online.${row.online}`)}</span>
        ),
        choices: true,
      },
      {
        key: 'mn',
        title: 'MN',
        value: (row) => row.mn,
        render: (row) => <span className="mono">{row.mn}</span>,
      },
      { key: 'lastFrame', title: t('station.lastFrame'), value: (row) => time(row.lastFrameAt), width: 110 },
      { key: 'dataTime', title: t('station.dataTime'), value: (row) => time(row.lastDataTime), width: 110 },
      {
        key: 'skew',
        title: t('station.skew'),
        unit: 's',
        value: (row) => row.skewSeconds,
        decimals: 0,
        width: 100,
      },
      { key: 'frames', title: t('station.frames'), value: (row) => row.frames, decimals: 0, width: 90 },
      {
        key: 'duplicates',
        title: t('station.duplicates'),
        value: (row) => row.duplicates,
        decimals: 0,
        width: 80,
      },
      { key: 'revised', title: t('station.revised'), value: (row) => row.revised, decimals: 0, width: 80 },
      {
        key: 'quarantined',
        title: t('station.quarantined'),
        value: (row) => row.quarantined,
        decimals: 0,
        width: 80,
      },
      {
        key: 'password',
        title: t('station.password'),
        value: (row) => t(row.defaultPassword ? 'station.defaultPassword' : 'station.ownPassword'),
        render: (row) =>
          row.defaultPassword ? (
            <span className="worse">{t('station.defaultPassword')}</span>
          ) : (
            t('station.ownPassword')
          ),
      },
      { key: 'address', title: t('station.address'), value: (row) => row.address, hidden: true },
    ]
    if (onCommand === undefined) return columns
    columns.push({
      key: 'commands',
      title: t('station.commands'),
      value: () => null,
      render: (row) => (
        <span className={css.commands}>
          {commands.map((kind) => (
            <Button key={kind} size="small" type="link" onClick={() => onCommand(row, kind)}>
              {t(`command.${kind}`)}
            </Button>
          ))}
        </span>
      ),
    })
    return columns
  }, [t, onCommand])
}
