import type { TransmissionReport, TransmissionRow } from '@shanshui/contract'
import { Segmented } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { choiceParam, dateParam, integerParam, useAddress } from '../../../address/useAddress.ts'
import { useTransmission } from '../../../api/sources.ts'
import { Page, Panel } from '../../../components/Page.tsx'
import { Async, Empty } from '../../../components/states.tsx'
import type { Column } from '../../../components/table/column.ts'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { Unverified } from '../../../components/Unverified.tsx'
import { ViewSwitch } from '../../../components/ViewSwitch.tsx'
import { formatCount, formatNumber } from '../../../format/number.ts'
import { addDays, today } from '../../../format/time.ts'
import { DaysChart } from './DaysChart.tsx'
import { LossPart } from './LossPart.tsx'
import { periodOf, periods, spanOf } from './period.ts'
import css from './transmission.module.css'

const levels = ['county', 'operator', 'enterprise', 'outlet'] as const
type Level = (typeof levels)[number]

/** Do the data arrive, do they count, and whose matter is what is lost? */
export function TransmissionPage() {
  const { t } = useTranslation('monitoring')
  const yesterday = addDays(today(), -1)
  const params = useMemo(
    () => ({
      from: dateParam(spanOf('month', yesterday).from),
      to: dateParam(yesterday),
      by: choiceParam<Level>(levels, 'county'),
      plant: integerParam(0, 0),
    }),
    [yesterday],
  )
  const [{ from, to, by, plant }, change] = useAddress(params)
  const query = useTransmission({ from, to, by, enterpriseId: plant === 0 ? undefined : plant })
  const columns = useRateColumns(by, (row) => {
    if (by === 'enterprise') change({ by: 'outlet', plant: Number(row.key) }, { replace: false })
  })
  return (
    <Page
      title={t('transmission.title')}
      tools={
        <>
          <ViewSwitch
            label={t('transmission.period')}
            views={periods}
            view={periodOf(from, to, yesterday)}
            name={(one) => t(`transmission.periods.${one}`)}
            onChange={(next) => change(spanOf(next, yesterday))}
          />
          <input
            type="date"
            aria-label={t('transmission.from')}
            value={from}
            max={to}
            onChange={(event) => change({ from: event.target.value })}
          />
          <input
            type="date"
            aria-label={t('transmission.to')}
            value={to}
            min={from}
            max={today()}
            onChange={(event) => change({ to: event.target.value })}
          />
          <Segmented<Level>
            size="small"
            aria-label={t('transmission.by')}
            value={by}
            options={levels.map((value) => ({ value, label: t(`transmission.levels.${value}`) }))}
            onChange={(next) => change({ by: next, plant: 0 })}
          />
        </>
      }
    >
      <Async
        query={query}
        what={t('transmission.title')}
        isEmpty={(data) => data.items.length === 0}
        empty={<Empty title={t('transmission.none')} hint={t('transmission.noneHint')} />}
      >
        {(data) => (
          <>
            <Panel label={t('transmission.total')}>
              <Total report={data} />
            </Panel>
            <Panel>
              <DataTable
                id="rates"
                caption={t(`transmission.levels.${by}`)}
                columns={columns}
                rows={data.items}
                rowKey={(row) => row.key}
                exportName={t('transmission.title')}
              />
            </Panel>
            <Panel>
              <DaysChart report={data} />
            </Panel>
          </>
        )}
      </Async>
      <LossPart to={to} enterpriseId={plant === 0 ? undefined : plant} />
    </Page>
  )
}

const percent = (value: number | null): string => (value === null ? '–' : `${formatNumber(value, 2)}%`)

function Total({ report }: { report: TransmissionReport }) {
  const { t } = useTranslation('monitoring')
  const { total, threshold, denominator } = report
  const base = denominator === 'received' ? total.received : total.validDue
  return (
    <div className={css.total}>
      <div className={css.main}>
        <span className="muted">{t('transmission.effective')}</span>
        <b className={total.alarm ? 'worse' : ''}>
          {total.applicable ? percent(total.effectiveRate) : t('transmission.notApplicable')}
        </b>
        <span className="muted">
          {t('transmission.threshold', { value: formatNumber(threshold.value, 0) })}{' '}
          {threshold.status !== 'primary' && threshold.status !== 'verified' && (
            <Unverified source={threshold.source} />
          )}
        </span>
      </div>
      <Part
        name={t('transmission.rate')}
        value={percent(total.transmissionRate)}
        above={total.received}
        below={total.due}
      />
      <Part
        name={t('transmission.valid')}
        value={percent(total.validRate)}
        above={total.valid}
        below={base}
      />
      <Part
        name={t('transmission.realtime')}
        value={
          total.received > 0 && total.realtime.received === 0
            ? t('transmission.allLate')
            : percent(total.realtime.effectiveRate)
        }
        above={total.realtime.valid}
        below={total.due}
      />
      <p className={css.note}>{t(`transmission.note.${denominator}`)}</p>
    </div>
  )
}

function Part({ name, value, above, below }: { name: string; value: string; above: number; below: number }) {
  return (
    <div className={css.part}>
      <span className="muted">{name}</span>
      <b>{value}</b>
      <span className="muted">
        {formatCount(above)}/{formatCount(below)}
      </span>
    </div>
  )
}

function useRateColumns(by: Level, open: (row: TransmissionRow) => void): readonly Column<TransmissionRow>[] {
  const { t } = useTranslation('monitoring')
  const count = (key: string, title: string, value: (row: TransmissionRow) => number) => ({
    key,
    title,
    decimals: 0,
    value,
    render: (row: TransmissionRow) => formatCount(value(row)),
  })
  const rate = (key: string, title: string, value: (row: TransmissionRow) => number | null) => ({
    key,
    title,
    unit: '%',
    decimals: 2,
    value,
  })
  return [
    {
      key: 'name',
      title: t(`transmission.levels.${by}`),
      value: (row) => row.name,
      render: (row) => {
        if (by === 'outlet') return <Link to={`/sources/outlets/${row.key}`}>{row.name}</Link>
        if (by !== 'enterprise') return row.name
        return (
          <button type="button" className={`plain-button ${css.link}`} onClick={() => open(row)}>
            {row.name}
          </button>
        )
      },
    },
    count('outlets', t('transmission.outlets'), (row) => row.outlets),
    count('due', t('transmission.due'), (row) => row.due),
    count('received', t('transmission.received'), (row) => row.received),
    count('validCount', t('transmission.validCount'), (row) => row.valid),
    rate('rate', t('transmission.rate'), (row) => row.transmissionRate),
    rate('validRate', t('transmission.valid'), (row) => row.validRate),
    {
      ...rate('effective', t('transmission.effective'), (row) => row.effectiveRate),
      render: (row: TransmissionRow) =>
        row.applicable ? (
          <b className={row.alarm ? 'worse' : ''}>
            {formatNumber(row.effectiveRate, 2)}
            {row.alarm && <span className="visually-hidden"> {t('transmission.alarm')}</span>}
          </b>
        ) : (
          <span className="muted">{t('transmission.notApplicable')}</span>
        ),
    },
    {
      ...rate('realtime', t('transmission.realtime'), (row) => row.realtime.effectiveRate),
      render: (row: TransmissionRow) =>
        row.received > 0 && row.realtime.received === 0 ? (
          <span className="muted">{t('transmission.allLate')}</span>
        ) : (
          formatNumber(row.realtime.effectiveRate, 2)
        ),
    },
  ]
}
