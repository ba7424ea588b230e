import type { LeadChart } from '@shanshui/contract'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useLeadChart } from '../../../api/leads.ts'
import { Chart } from '../../../components/chart/Chart.tsx'
import { Async } from '../../../components/states.tsx'
import type { Column } from '../../../components/table/column.ts'
import { shortTime } from '../../../format/time.ts'
import { unitText } from '../../sources/parts/names.ts'
import { caseOption, judged } from './caseOption.ts'
import css from './triage.module.css'

interface Row {
  readonly hour: string
  readonly at: number
}

/** The window that triggered the lead, with what surrounds it. */
export function CaseChart({ id, title }: { id: number; title: string }) {
  const { t } = useTranslation('leads')
  const query = useLeadChart(id)
  return (
    <Async
      query={query}
      what={t('chart')}
      rows={8}
      isEmpty={(chart) => chart.hours.length === 0}
      empty={<p className="muted">{t('noChart')}</p>}
    >
      {(chart) => <Window chart={chart} title={title} />}
    </Async>
  )
}

function Window({ chart, title }: { chart: LeadChart; title: string }) {
  const { t } = useTranslation('leads')
  const option = useMemo(
    () =>
      caseOption(chart, {
        value: `${chart.factorName ?? t('value')} ${unitText(chart.unit)}`,
        reported: t('reported'),
        limit: t('limit'),
        load: `${t('load')} %`,
        o2: `${t('o2')} %`,
        marks: t('marks'),
      }),
    [chart, t],
  )
  const rows = useMemo<Row[]>(() => chart.hours.map((hour, at) => ({ hour, at })), [chart])
  const columns = useMemo(() => columnsOf(chart, t), [chart, t])
  return (
    <div className={css.chart}>
      <Chart
        id="w"
        label={t('chartOf', { name: title, factor: chart.factorName ?? '' })}
        option={option}
        height={300}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.hour}
      />
      {chart.neighbours.length > 0 && <Neighbours chart={chart} />}
    </div>
  )
}

function columnsOf(chart: LeadChart, t: (key: string) => string): Column<Row>[] {
  const value = judged(chart)
  const unit = unitText(chart.unit)
  return [
    { key: 'hour', title: t('hour'), value: (row) => shortTime(row.hour) },
    {
      key: 'value',
      title: chart.factorName ?? t('value'),
      unit,
      decimals: 2,
      value: ({ at }) => value[at] ?? null,
    },
    {
      key: 'measured',
      title: t('measured'),
      unit,
      decimals: 2,
      value: ({ at }) => chart.measured[at] ?? null,
    },
    {
      key: 'reported',
      title: t('reported'),
      unit,
      decimals: 2,
      value: ({ at }) => chart.reported[at] ?? null,
    },
    { key: 'limit', title: t('limit'), unit, decimals: 2, value: ({ at }) => chart.limit[at] ?? null },
    { key: 'o2', title: t('o2'), unit: '%', decimals: 1, value: ({ at }) => chart.o2[at] ?? null },
    { key: 'flow', title: t('flow'), unit: 'm³/h', decimals: 0, value: ({ at }) => chart.flow[at] ?? null },
    { key: 'load', title: t('load'), unit: '%', decimals: 0, value: ({ at }) => chart.load[at] ?? null },
    { key: 'mark', title: t('marks'), value: ({ at }) => chart.marks[at]?.trim() || null },
    { key: 'hit', title: t('hit'), value: ({ at }) => (chart.hits.includes(at) ? t('yes') : null) },
  ]
}

const SPARK = { width: 150, height: 26 } as const

/** The same hours at the same outlet's other factors and at the plant's other outlets: small, only the shape matters. */
function Neighbours({ chart }: { chart: LeadChart }) {
  const { t } = useTranslation('leads')
  return (
    <ul className={css.neighbours} aria-label={t('neighbours')}>
      {chart.neighbours.map((one) => (
        <li key={`${one.featureId} ${one.factor}`}>
          <span className="muted">
            {one.relation === 'same-outlet' ? one.factorName : `${one.name} ${one.factorName}`}
          </span>
          <svg width={SPARK.width} height={SPARK.height} aria-hidden="true">
            <path d={sparkPath(one.values)} />
          </svg>
        </li>
      ))}
    </ul>
  )
}

/** Path of a small curve, broken where values are missing; zero is the ground line. */
export function sparkPath(values: readonly (number | null)[]): string {
  const top = Math.max(...values.map((value) => value ?? 0), Number.MIN_VALUE)
  let pen = 'M'
  let path = ''
  values.forEach((value, i) => {
    if (value === null) {
      pen = 'M'
      return
    }
    const x = (i / Math.max(1, values.length - 1)) * SPARK.width
    const y = SPARK.height - 1 - (Math.max(0, value) / top) * (SPARK.height - 2)
    path += `${pen}${x.toFixed(1)} ${y.toFixed(1)}`
    pen = 'L'
  })
  return path
}
