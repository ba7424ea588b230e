import type { PermitDetail, PermitOutlet, SelfMonitoringItem } from '@shanshui/contract'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { usePermit, usePermitRefresh } from '../../../api/permits.ts'
import { Page, Panel } from '../../../components/Page.tsx'
import { Async } from '../../../components/states.tsx'
import type { Column } from '../../../components/table/column.ts'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { factorInfo } from '../parts/factor.ts'
import { FindingList } from './FindingList.tsx'
import css from './permits.module.css'

/** One permit: what it says, and what is wrong in it. */
export function PermitPage() {
  const { t } = useTranslation('permits')
  const { id = '0' } = useParams()
  const query = usePermit(Number(id))
  usePermitRefresh()
  return (
    <Page title={query.data?.enterpriseName ?? t('permit')} note={query.data?.number}>
      <Async query={query} what={t('permit')}>
        {(permit) => <PermitParts permit={permit} />}
      </Async>
    </Page>
  )
}

function PermitParts({ permit }: { permit: PermitDetail }) {
  const { t } = useTranslation('permits')
  const { document: d } = permit
  return (
    <>
      <Panel title={t('part.facts')}>
        <dl className={css.facts}>
          <dt>{t('column.standing')}</dt>
          <dd>
            <b className={permit.standing === 'valid' ? '' : 'worse'}>{t(`standing.${permit.standing}`)}</b>{' '}
            {t('validity', { from: permit.issuedOn, to: permit.expiresOn, renewal: permit.renewalBy })}
          </dd>
          <dt>{t('column.management')}</dt>
          <dd>
            {t(`management.${permit.management}`)}，{d.authority}
          </dd>
          <dt>{t('obligations')}</dt>
          <dd>
            <Link to={`/sources/permits?view=list&enterprise=${permit.enterpriseId ?? 0}`}>
              {t('countLine', permit.counts)}
            </Link>
          </dd>
          <dt>{t('column.total')}</dt>
          <dd>{d.totals.map((one) => `${one.pollutant} ${one.tonnes} t`).join('，') || '–'}</dd>
          <dt>{t('kind.report')}</dt>
          <dd>{d.reports.map((one) => reportText(t, one)).join('；') || '–'}</dd>
          <dt>{t('kind.ledger')}</dt>
          <dd>
            {d.ledgers.map((one) => `${one.content}（${t(`frequency.${one.frequency}`)}）`).join('；') || '–'}
          </dd>
          {(d.specialPeriods ?? []).length > 0 && (
            <>
              <dt>{t('special')}</dt>
              <dd>{d.specialPeriods?.map((one) => one.name).join('；')}</dd>
            </>
          )}
        </dl>
      </Panel>
      <Panel title={t('part.findings', { count: permit.contradictions.length })}>
        <FindingList findings={permit.contradictions} />
      </Panel>
      <Panel title={t('part.outlets')}>
        <OutletTable outlets={d.outlets} />
      </Panel>
      <Panel title={t('part.monitoring')}>
        <MonitoringTable items={d.selfMonitoring} />
      </Panel>
    </>
  )
}

type Translate = ReturnType<typeof useTranslation>['t']
function reportText(t: Translate, duty: PermitDetail['document']['reports'][number]): string {
  const name = t(`reportPeriod.${duty.period}`)
  if (duty.dueOn !== undefined) return t('dueNextYear', { name, day: duty.dueOn })
  return duty.dueDays === undefined ? name : t('dueAfter', { name, days: duty.dueDays })
}

interface LimitRow {
  readonly key: string
  readonly outlet: PermitOutlet
  readonly factor: string
  readonly limit: string
  readonly basis: string
}

function OutletTable({ outlets }: { outlets: readonly PermitOutlet[] }) {
  const { t } = useTranslation('permits')
  const rows = useMemo(
    () =>
      outlets.flatMap((outlet, place): LimitRow[] =>
        outlet.limits.length === 0
          ? [{ key: `${place}`, outlet, factor: '', limit: '', basis: '' }]
          : outlet.limits.map((limit, index) => ({
              key: `${place} ${index}`,
              outlet,
              factor: factorInfo(limit.factor).name,
              limit: `${limit.min === undefined ? '' : `${limit.min}–`}${limit.value} ${limit.unit}（${t(`averaging.${limit.averaging}`)}）`,
              basis: limit.basis,
            })),
      ),
    [outlets, t],
  )
  const columns = useMemo<readonly Column<LimitRow>[]>(
    () => [
      {
        key: 'outlet',
        title: t('column.outlet'),
        value: ({ outlet }) => `${outlet.number}${outlet.name === undefined ? '' : ` ${outlet.name}`}`,
      },
      { key: 'main', title: t('column.main'), value: ({ outlet }) => (outlet.main ? t('yes') : '') },
      { key: 'factor', title: t('column.factor'), value: (row) => row.factor },
      { key: 'limit', title: t('column.limit'), value: (row) => row.limit },
      { key: 'basis', title: t('column.basis'), value: (row) => row.basis },
      {
        key: 'tonnes',
        title: t('column.annual'),
        value: ({ outlet }) =>
          outlet.annualTonnes.map((one) => `${one.pollutant} ${one.tonnes} t`).join('，'),
      },
      {
        key: 'oxygen',
        title: t('column.oxygen'),
        unit: '%',
        decimals: 1,
        value: ({ outlet }) => outlet.referenceO2 ?? null,
      },
    ],
    [t],
  )
  return (
    <DataTable
      id="outlets"
      caption={t('part.outlets')}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.key}
    />
  )
}

function MonitoringTable({ items }: { items: readonly SelfMonitoringItem[] }) {
  const { t } = useTranslation('permits')
  const columns = useMemo<readonly Column<SelfMonitoringItem>[]>(
    () => [
      { key: 'outlet', title: t('column.outlet'), choices: true, value: (row) => row.outletNumber },
      { key: 'factor', title: t('column.factor'), value: (row) => factorInfo(row.factor).name },
      { key: 'method', title: t('column.method'), choices: true, value: (row) => t(`method.${row.method}`) },
      { key: 'frequency', title: t('column.frequency'), value: (row) => t(`frequency.${row.frequency}`) },
    ],
    [t],
  )
  return (
    <DataTable
      id="monitoring"
      caption={t('part.monitoring')}
      columns={columns}
      rows={items}
      rowKey={(row) => `${row.outletNumber} ${row.factor} ${row.method} ${row.frequency}`}
    />
  )
}
