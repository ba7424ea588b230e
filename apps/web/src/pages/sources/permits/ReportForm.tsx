import type { ExecutionReportInput, PermitDetail } from '@shanshui/contract'
import { Button, Checkbox, Drawer, Select } from 'antd'
import { useId, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePermit, usePermits, useSubmitReport } from '../../../api/permits.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { Async, Empty } from '../../../components/states.tsx'
import { pagedRows } from '../../../components/table/pagedRows.ts'
import { today } from '../../../format/time.ts'
import { FindingList } from './FindingList.tsx'
import css from './permits.module.css'
import { lastEnded, monthsOf, type ReportPeriodName, startsOf, toInput } from './reportCells.ts'

/** The holder writes tonnes by outlet, pollutant and month; the check answers at once. */
export function ReportForm({ year, onClose }: { year: number; onClose: () => void }) {
  const { t } = useTranslation('permits')
  const permits = usePermits(0, '')
  const { rows } = pagedRows(permits)
  const [chosen, setChosen] = useState(0)
  const permitId = chosen === 0 ? (rows[0]?.id ?? 0) : chosen
  const permit = usePermit(permitId)
  return (
    <Drawer open title={t('writeReport')} size="large" onClose={onClose}>
      <Async
        query={permits}
        what={t('permit')}
        isEmpty={() => rows.length === 0}
        empty={<Empty title={t('empty.permits')} />}
      >
        {() => (
          <div className={css.form}>
            {rows.length > 1 && (
              <Select
                aria-label={t('permit')}
                value={permitId}
                options={rows.map((row) => ({ value: row.id, label: `${row.enterpriseName} ${row.number}` }))}
                onChange={setChosen}
              />
            )}
            <Async query={permit} what={t('permit')}>
              {(detail) => <Cells key={detail.id} permit={detail} year={year} />}
            </Async>
          </div>
        )}
      </Async>
    </Drawer>
  )
}

function Cells({ permit, year }: { permit: PermitDetail; year: number }) {
  const { t } = useTranslation('permits')
  const submit = useSubmitReport()
  const [period, setPeriod] = useState<ReportPeriodName>(permit.document.reports[0]?.period ?? 'quarter')
  const [from, setFrom] = useState(lastEnded(year, period, today()))
  const [cells, setCells] = useState<Readonly<Record<string, string>>>({})
  const [kept, setKept] = useState(true)
  const keptId = useId()
  const months = useMemo(() => monthsOf(from, period), [from, period])
  const lines = useMemo(
    () =>
      permit.document.outlets.flatMap((outlet) =>
        outlet.annualTonnes.map((one) => ({ outletNumber: outlet.number, pollutant: one.pollutant })),
      ),
    [permit],
  )
  const input: ExecutionReportInput | string = toInput({
    permitId: permit.id,
    period,
    from,
    lines,
    months,
    cells,
    kept,
  })
  return (
    <>
      <div className={css.row}>
        <Select<ReportPeriodName>
          aria-label={t('column.period')}
          value={period}
          style={{ width: 120 }}
          options={(['year', 'quarter', 'month'] as const).map((value) => ({
            value,
            label: t(`reportPeriod.${value}`),
          }))}
          onChange={(value) => {
            setPeriod(value)
            setFrom(lastEnded(year, value, today()))
          }}
        />
        <Select
          aria-label={t('periodFrom')}
          value={from}
          style={{ width: 140 }}
          options={startsOf(year, period).map((value) => ({ value, label: value }))}
          onChange={setFrom}
        />
      </div>
      {lines.length === 0 ? (
        <Empty title={t('noAmounts')} />
      ) : (
        <div style={{ overflowX: 'auto' }}>
          <table className={css.cells}>
            <caption className="visually-hidden">{t('writeReport')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('column.outlet')}</th>
                <th scope="col">{t('column.pollutant')}</th>
                {months.map((month) => (
                  <th key={month} scope="col">
                    {month}（t）
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {lines.map((line) => (
                <tr key={`${line.outletNumber} ${line.pollutant}`}>
                  <th scope="row">{line.outletNumber}</th>
                  <td>{line.pollutant}</td>
                  {months.map((month) => {
                    const key = `${line.outletNumber} ${line.pollutant} ${month}`
                    return (
                      <td key={month}>
                        <input
                          inputMode="decimal"
                          aria-label={key}
                          value={cells[key] ?? ''}
                          onChange={(event) => setCells({ ...cells, [key]: event.target.value })}
                        />
                      </td>
                    )
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <label htmlFor={keptId}>
        <Checkbox id={keptId} checked={kept} onChange={(event) => setKept(event.target.checked)} />{' '}
        {t('ledgerKept')}
      </label>
      {typeof input === 'string' && input !== '' && (
        <p className="worse">{t('notANumber', { cell: input })}</p>
      )}
      <Button
        type="primary"
        disabled={typeof input === 'string'}
        loading={submit.isPending}
        onClick={() => {
          if (typeof input !== 'string') submit.mutate(input)
        }}
      >
        {t('submitReport')}
      </Button>
      {submit.isError && <ErrorPanel error={submit.error} what={t('submitReport')} />}
      {submit.data !== undefined && (
        <div role="status">
          <p>{t('submitted', { revision: submit.data.revision })}</p>
          <FindingList findings={submit.data.findings} />
        </div>
      )}
    </>
  )
}
