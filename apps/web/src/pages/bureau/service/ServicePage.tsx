import { type ServiceRecord, type ServiceRow, serviceGroups } from '@shanshui/contract'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { choiceParam, dateParam, useAddress } from '../../../address/useAddress.ts'
import { type ServiceGroup, useServiceRecord } from '../../../api/bureau.ts'
import { scopeDay, useScope } from '../../../app/layout/useScope.ts'
import { Page, Panel } from '../../../components/Page.tsx'
import { Async, Empty } from '../../../components/states.tsx'
import type { Column } from '../../../components/table/column.ts'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { ViewSwitch } from '../../../components/ViewSwitch.tsx'
import { formatCount, formatNumber, NO_VALUE } from '../../../format/number.ts'
import { Figures } from '../Figures.tsx'
import css from '../work.module.css'

type Rate = ServiceRow['onTime']

/** 86.4% (19/22): a rate never stands without what it was taken of. */
function rateText({ part, whole, percent }: Rate): string {
  return percent === null ? NO_VALUE : `${formatNumber(percent, 1)}% (${part}/${whole})`
}

/** How fast the bureau answers, what is overdue, and how much rests on each. */
export function ServicePage() {
  const { t } = useTranslation('bureau')
  const [scope] = useScope()
  const day = scopeDay(scope)
  const params = useMemo(
    () => ({
      from: dateParam(`${day.slice(0, 4)}-01-01`),
      to: dateParam(day),
      by: choiceParam(serviceGroups, 'organization'),
    }),
    [day],
  )
  const [{ from, to, by }, change] = useAddress(params)
  const query = useServiceRecord({ from, to, by, regionCode: scope.region })
  return (
    <Page
      title={t('service.title')}
      note={t('service.note')}
      tools={
        <>
          <DayInput label={t('service.from')} value={from} onChange={(next) => change({ from: next })} />
          <DayInput label={t('service.to')} value={to} onChange={(next) => change({ to: next })} />
          <ViewSwitch
            label={t('service.by')}
            views={serviceGroups}
            view={by}
            name={(one) => t(`service.group.${one}`)}
            onChange={(next) => change({ by: next })}
          />
        </>
      }
    >
      <Async query={query} what={t('service.title')}>
        {(record) => <Record record={record} />}
      </Async>
    </Page>
  )
}

function DayInput(props: { label: string; value: string; onChange: (day: string) => void }) {
  return (
    <label>
      {props.label}{' '}
      <input
        type="date"
        value={props.value}
        onChange={(event) => {
          if (event.target.value !== '') props.onChange(event.target.value)
        }}
      />
    </label>
  )
}

function Record({ record }: { record: ServiceRecord }) {
  const { t } = useTranslation('bureau')
  const columns = useServiceColumns(record.by)
  const { total, leads, rows } = record
  const days = (value: number | null) => (value === null ? NO_VALUE : t('service.days', { days: value }))
  return (
    <>
      <Figures
        label={t('service.total')}
        items={[
          { key: 'opened', title: t('service.opened'), value: formatCount(total.opened) },
          { key: 'closed', title: t('service.closed'), value: formatCount(total.closed) },
          { key: 'open', title: t('service.open'), value: formatCount(total.open) },
          {
            key: 'overdue',
            title: t('service.overdue'),
            value: formatCount(total.overdue),
            bad: total.overdue > 0,
          },
          {
            key: 'onTime',
            title: t('service.onTime'),
            value: total.onTime.percent === null ? NO_VALUE : `${formatNumber(total.onTime.percent, 1)}%`,
            note: t('service.ofClocks', { part: total.onTime.part, whole: total.onTime.whole }),
          },
          { key: 'closing', title: t('service.closingDays'), value: days(total.closingDays) },
          {
            key: 'load',
            title: t('service.loadPerPerson'),
            value: formatNumber(total.loadPerPerson, 1),
            note: t('service.ofPeople', { count: total.people }),
          },
        ]}
      />
      <Panel title={t('service.rows', { by: t(`service.group.${record.by}`) })}>
        {rows.length === 0 ? (
          <Empty
            title={t('service.empty', { from: record.from, to: record.to })}
            hint={t('service.emptyHint')}
          />
        ) : (
          <DataTable
            id="sv"
            caption={t('service.rows', { by: t(`service.group.${record.by}`) })}
            columns={columns}
            rows={rows}
            rowKey={(row) => row.key}
          />
        )}
        <p className="muted">{t('service.explain')}</p>
      </Panel>
      <Panel title={t('service.leads')}>
        <p className={css.row}>
          <span>{t('service.raised', { count: leads.raised })}</span>
          <span>{t('service.acknowledged', { rate: rateText(leads.acknowledgedOnTime) })}</span>
          <span>{t('service.decided', { days: days(leads.decidedDays) })}</span>
        </p>
      </Panel>
    </>
  )
}

function useServiceColumns(by: ServiceGroup): readonly Column<ServiceRow>[] {
  const { t } = useTranslation('bureau')
  return useMemo(
    () => [
      { key: 'title', title: t(`service.group.${by}`), value: (row) => row.title },
      { key: 'opened', title: t('service.opened'), decimals: 0, value: (row) => row.opened },
      { key: 'closed', title: t('service.closed'), decimals: 0, value: (row) => row.closed },
      { key: 'open', title: t('service.open'), decimals: 0, value: (row) => row.open },
      {
        key: 'overdue',
        title: t('service.overdue'),
        decimals: 0,
        value: (row) => row.overdue,
        render: (row) => <span className={row.overdue > 0 ? 'worse' : ''}>{row.overdue}</span>,
      },
      {
        key: 'onTime',
        title: t('service.onTime'),
        unit: '%',
        decimals: 1,
        value: (row) => row.onTime.percent,
        render: (row) => rateText(row.onTime),
      },
      {
        key: 'first',
        title: t('service.firstStepDays'),
        unit: t('service.day'),
        decimals: 1,
        value: (row) => row.firstStepDays,
      },
      {
        key: 'closing',
        title: t('service.closingDays'),
        unit: t('service.day'),
        decimals: 1,
        value: (row) => row.closingDays,
      },
      { key: 'rebounds', title: t('service.rebounds'), decimals: 0, value: (row) => row.rebounds },
      { key: 'people', title: t('service.people'), decimals: 0, value: (row) => row.people },
      { key: 'load', title: t('service.loadPerPerson'), decimals: 1, value: (row) => row.loadPerPerson },
    ],
    [t, by],
  )
}
