import type { LeadStatistics, PrecisionRow } from '@shanshui/contract'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useLeadStatistics } from '../../../api/leadRules.ts'
import { useScope } from '../../../app/layout/useScope.ts'
import { Async } from '../../../components/states.tsx'
import type { Column } from '../../../components/table/column.ts'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { formatNumber } from '../../../format/number.ts'
import { precisionText } from './precisionText.ts'
import css from './rules.module.css'

/** How the leads of the last year have turned out, by operator company or by county. */
export function Outcomes({ by }: { by: 'operators' | 'regions' }) {
  const { t } = useTranslation('rules')
  const [scope] = useScope()
  const query = useLeadStatistics(scope.region)
  return (
    <Async query={query} what={t(`view.${by}`)}>
      {(statistics) => <Tables statistics={statistics} by={by} />}
    </Async>
  )
}

function Tables({ statistics, by }: { statistics: LeadStatistics; by: 'operators' | 'regions' }) {
  const { t } = useTranslation('rules')
  const columns = useMemo<readonly Column<PrecisionRow>[]>(
    () => [
      {
        key: 'name',
        title: t(by === 'operators' ? 'column.operator' : 'column.region'),
        value: (row) => row.name,
      },
      { key: 'hits', title: t('column.hits'), decimals: 0, value: (row) => row.hits },
      { key: 'open', title: t('column.open'), decimals: 0, value: (row) => row.open },
      { key: 'confirmed', title: t('column.confirmed'), decimals: 0, value: (row) => row.confirmed },
      { key: 'notConfirmed', title: t('column.notConfirmed'), decimals: 0, value: (row) => row.notConfirmed },
      {
        key: 'precision',
        title: t('column.precision'),
        align: 'right',
        value: (row) => row.precision,
        render: (row) => precisionText(row),
      },
    ],
    [t, by],
  )
  const hours = (value: number | null) => (value === null ? '–' : formatNumber(value, 1))
  const { total } = statistics
  return (
    <>
      <dl className={css.numbers}>
        <Tally label={t('period')} value={`${statistics.from} — ${statistics.to}`} />
        <Tally label={t('column.hits')} value={total.hits} />
        <Tally label={t('column.precision')} value={precisionText(total)} />
        <Tally label={t('toAcknowledge')} value={hours(statistics.medianHoursToAcknowledge)} />
        <Tally label={t('toDecision')} value={hours(statistics.medianHoursToDecision)} />
      </dl>
      <DataTable
        id="outcomes"
        caption={t(`view.${by}`)}
        columns={columns}
        rows={by === 'operators' ? statistics.byOperator : statistics.byRegion}
        rowKey={(row) => row.key}
        exportName={t(`view.${by}`)}
      />
    </>
  )
}

function Tally({ label, value }: { label: string; value: string | number }) {
  return (
    <div>
      <dt className="muted">{label}</dt>
      <dd>{value}</dd>
    </div>
  )
}
