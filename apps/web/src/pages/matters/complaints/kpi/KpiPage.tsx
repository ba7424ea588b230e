import { type ComplaintKpiRow, complaintKpiGroups, complaintLimits } from '@shanshui/contract'
import { Select } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { choiceParam, dateParam, useAddress } from '../../../../address/useAddress.ts'
import { useComplaintKpi } from '../../../../api/complaints.ts'
import { useScope } from '../../../../app/layout/useScope.ts'
import { Page, Panel } from '../../../../components/Page.tsx'
import { Async } from '../../../../components/states.tsx'
import type { Column } from '../../../../components/table/column.ts'
import { DataTable } from '../../../../components/table/DataTable.tsx'
import { Unverified } from '../../../../components/Unverified.tsx'
import { today } from '../../../../format/time.ts'
import { useOfficial } from '../../../../i18n/useOfficial.ts'
import css from '../complaints.module.css'

const groups = complaintKpiGroups.filter((group) => group !== 'total')
const rates = ['acceptedOnTime', 'finishedOnTime', 'substantiated', 'repeated', 'satisfied'] as const

/** In time, true, back again, satisfied: each rate with its numerator and denominator. */
export function KpiPage() {
  const { t } = useTranslation('complaints')
  const params = useMemo(
    () => ({
      from: dateParam(`${today().slice(0, 4)}-01-01`),
      to: dateParam(today()),
      by: choiceParam(groups, 'county'),
    }),
    [],
  )
  const [state, change] = useAddress(params)
  const [{ region }] = useScope()
  const query = useComplaintKpi({ ...state, regionCode: region })
  const columns = useColumns(t(`kpi.by.${state.by}`))
  return (
    <Page
      title={t('kpi.title')}
      note={t('kpi.note')}
      tools={
        <>
          <input
            type="date"
            aria-label={t('kpi.from')}
            value={state.from}
            max={state.to}
            onChange={(event) => change({ from: event.target.value })}
          />
          <input
            type="date"
            aria-label={t('kpi.to')}
            value={state.to}
            onChange={(event) => change({ to: event.target.value })}
          />
          <Select
            size="small"
            aria-label={t('kpi.group')}
            value={state.by}
            options={groups.map((value) => ({ value, label: t(`kpi.by.${value}`) }))}
            onChange={(by) => change({ by })}
          />
        </>
      }
    >
      <Panel>
        <Async query={query} what={t('kpi.title')} rows={8}>
          {(data) => (
            <DataTable
              id="k"
              caption={t('kpi.title')}
              columns={columns}
              rows={[data.total, ...data.rows]}
              rowKey={(row) => row.key}
            />
          )}
        </Async>
      </Panel>
      <LimitsPart />
    </Page>
  )
}

function useColumns(group: string): readonly Column<ComplaintKpiRow>[] {
  const { t } = useTranslation('complaints')
  return useMemo(
    () => [
      { key: 'title', title: group, value: (row) => row.title, oneLine: true },
      { key: 'received', title: t('kpi.received'), decimals: 0, value: (row) => row.received },
      ...rates.map(
        (rate): Column<ComplaintKpiRow> => ({
          key: rate,
          title: t(`kpi.${rate}`),
          unit: '%',
          decimals: 1,
          value: (row) => row[rate].percent,
          render: (row) =>
            row[rate].percent === null ? (
              <span className="muted">{t('kpi.nothing')}</span>
            ) : (
              <>
                {row[rate].percent.toFixed(1)}{' '}
                <span className="muted">
                  {row[rate].part}/{row[rate].whole}
                </span>
              </>
            ),
        }),
      ),
      {
        key: 'medianDays',
        title: t('kpi.medianDays'),
        unit: t('kpi.days'),
        decimals: 1,
        value: (row) => row.medianDays,
      },
    ],
    [t, group],
  )
}

/** By which limits “in time” is judged, and which of them are local custom. */
function LimitsPart() {
  const { t } = useTranslation('complaints')
  const official = useOfficial()
  return (
    <Panel title={t('limits.title')}>
      <dl className={css.facts}>
        {complaintLimits.map((limit) => (
          <div key={limit.id} style={{ display: 'contents' }}>
            <dt>{official({ zh: limit.zh, en: limit.zh })}</dt>
            <dd>
              {limit.limit} <span className="muted">{limit.source}</span>{' '}
              {limit.status !== 'primary' && <Unverified source={limit.source} />}
            </dd>
          </div>
        ))}
      </dl>
    </Panel>
  )
}
