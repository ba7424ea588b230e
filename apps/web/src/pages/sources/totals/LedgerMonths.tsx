import type { LedgerMonth, LedgerRow } from '@shanshui/contract'
import { Button } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Chart } from '../../../components/chart/Chart.tsx'
import { Panel } from '../../../components/Page.tsx'
import type { Column } from '../../../components/table/column.ts'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { formatNumber } from '../../../format/number.ts'
import { useSession } from '../../../session/session.tsx'
import { percent, tonnes } from '../parts/amountColumns.ts'
import { AccountingForm } from './AccountingForm.tsx'

const ledgers = ['online', 'reported', 'accounted'] as const

/** One outlet and pollutant month by month: the three ledgers, their distance, the lead it became. */
export function LedgerMonths({ row, year }: { row: LedgerRow; year: number }) {
  const { t } = useTranslation('totals')
  const { may } = useSession()
  const [writing, setWriting] = useState(false)
  const columns = useMonthColumns()
  const title = `${row.enterpriseName} ${row.outletNumber} ${row.pollutant}`
  const option = useMemo(
    () => ({
      grid: { left: 56, right: 12, top: 34, bottom: 24 },
      legend: { top: 0 },
      tooltip: { trigger: 'axis' },
      xAxis: { type: 'category', data: row.months.map((month) => month.month.slice(5)) },
      yAxis: { type: 'value', name: 't' },
      series: ledgers.map((name) => ({
        name: t(`ledger.${name}`),
        type: 'bar',
        data: row.months.map((month) => month[name]),
      })),
    }),
    [row, t],
  )
  return (
    <Panel
      title={title}
      tools={
        may('total:write') && (
          <Button size="small" onClick={() => setWriting(true)}>
            {t('form.accounting')}
          </Button>
        )
      }
    >
      {writing && <AccountingForm row={row} year={year} onClose={() => setWriting(false)} />}
      <Chart
        id="months"
        label={t('ledgers.monthsOf', { title })}
        option={option}
        height={220}
        columns={columns}
        rows={row.months}
        rowKey={(month) => month.month}
      />
      <DataTable
        id="lm"
        caption={t('ledgers.monthsOf', { title })}
        columns={columns}
        rows={row.months}
        rowKey={(month) => month.month}
        compact
      />
    </Panel>
  )
}

function useMonthColumns(): readonly Column<LedgerMonth>[] {
  const { t } = useTranslation('totals')
  return useMemo(
    () => [
      { key: 'month', title: t('column.month'), oneLine: true, value: (m) => m.month },
      {
        ...tonnes('online', t('ledger.online'), (m) => m.online),
        render: (m) => (
          <span className={m.online !== null && !m.onlineUsable ? 'muted' : undefined}>
            {formatNumber(m.online, 3)}
            {m.online !== null && !m.onlineUsable && ` ${t('ledgers.noBasis')}`}
          </span>
        ),
      },
      percent('valid', t('ledgers.valid'), (m) =>
        m.onlineValidShare === null ? null : m.onlineValidShare * 100,
      ),
      tonnes('reported', t('ledger.reported'), (m) => m.reported),
      tonnes('accounted', t('ledger.accounted'), (m) => m.accounted),
      {
        ...percent('divergence', t('ledgers.divergence'), (m) =>
          m.divergence === null ? null : m.divergence * 100,
        ),
        render: (m) =>
          m.divergence === null ? (
            '–'
          ) : (
            <b className={m.within === false ? 'worse' : 'better'}>{formatNumber(m.divergence * 100, 1)}</b>
          ),
      },
      { key: 'between', title: t('ledgers.between'), value: (m) => m.between },
      {
        key: 'lead',
        title: t('column.lead'),
        value: (m) => m.leadId,
        render: (m) => (m.leadId === null ? '–' : <Link to={`/leads?lead=${m.leadId}`}>{m.leadId}</Link>),
      },
    ],
    [t],
  )
}
