import { type LedgerRow, tonnagePollutants } from '@shanshui/contract'
import { Button, Checkbox, Select } from 'antd'
import { useId, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { choiceParam, integerParam, textParam, useAddress } from '../../../address/useAddress.ts'
import { useLedgers, useReconcile, useTotalRefresh } from '../../../api/totals.ts'
import { scopeDay, useScope } from '../../../app/layout/useScope.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { Page, Panel } from '../../../components/Page.tsx'
import { Async, Empty } from '../../../components/states.tsx'
import type { Column } from '../../../components/table/column.ts'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { pagedRows } from '../../../components/table/pagedRows.ts'
import { Unverified } from '../../../components/Unverified.tsx'
import { ViewSwitch } from '../../../components/ViewSwitch.tsx'
import { useSession } from '../../../session/session.tsx'
import { YearStep } from '../../air/year/YearStep.tsx'
import { tonnes } from '../parts/amountColumns.ts'
import { LedgerMonths } from './LedgerMonths.tsx'
import { PermittedPart } from './PermittedPart.tsx'
import css from './totals.module.css'

const views = ['ledgers', 'permitted'] as const

/** Automatic monitoring, execution report and accounting side by side; permitted tonnes against actual ones. */
export function LedgersPage() {
  const { t } = useTranslation('totals')
  const { may } = useSession()
  const [scope] = useScope()
  const thisYear = Number(scopeDay(scope).slice(0, 4))
  const params = useMemo(
    () => ({
      view: choiceParam(views, 'ledgers'),
      year: integerParam(thisYear, 2010, 2100),
      pollutant: textParam(''),
      only: choiceParam(['', 'diverging'] as const, ''),
      row: textParam(''),
    }),
    [thisYear],
  )
  const [state, change] = useAddress(params)
  const reconcile = useReconcile()
  useTotalRefresh()
  return (
    <Page
      title={t('ledgers.title')}
      note={t('ledgers.note')}
      tools={
        <>
          <ViewSwitch
            label={t('ledgers.views')}
            views={views}
            view={state.view}
            name={(view) => t(`ledgers.view.${view}`)}
            onChange={(view) => change({ view })}
          />
          <YearStep year={state.year} last={thisYear} onChange={(year) => change({ year, row: '' })} />
          {may('total:write') && (
            <Button
              size="small"
              loading={reconcile.isPending}
              title={t('ledgers.reconcileHint')}
              onClick={() => reconcile.mutate(state.year)}
            >
              {t('ledgers.reconcile')}
            </Button>
          )}
        </>
      }
    >
      {reconcile.isError && <ErrorPanel error={reconcile.error} what={t('ledgers.reconcile')} />}
      {reconcile.data !== undefined && <p role="status">{t('ledgers.reconciled', reconcile.data)}</p>}
      {state.view === 'permitted' ? (
        <PermittedPart year={state.year} regionCode={scope.region} />
      ) : (
        <LedgersPart
          year={state.year}
          regionCode={scope.region}
          pollutant={state.pollutant}
          only={state.only}
          row={state.row}
          onChange={change}
        />
      )}
    </Page>
  )
}

interface PartProps {
  readonly year: number
  readonly regionCode: number
  readonly pollutant: string
  readonly only: '' | 'diverging'
  readonly row: string
  readonly onChange: (patch: { pollutant?: string; only?: '' | 'diverging'; row?: string }) => void
}
const keyOf = (row: LedgerRow) => `${row.outletId} ${row.pollutant}`

function LedgersPart({ year, regionCode, pollutant, only, row: opened, onChange }: PartProps) {
  const { t } = useTranslation('totals')
  const query = useLedgers({ year, regionCode, pollutant, diverging: only === 'diverging' })
  const columns = useLedgerColumns()
  const { rows, paging } = pagedRows(query)
  const tolerance = query.data?.pages[0]?.tolerance
  const selected = rows.find((row) => keyOf(row) === opened)
  const onlyId = useId()
  return (
    <>
      <Panel>
        <div className={css.row}>
          <Select
            size="small"
            aria-label={t('column.pollutant')}
            value={pollutant}
            style={{ width: 120 }}
            options={[
              { value: '', label: t('allPollutants') },
              ...tonnagePollutants.map((value) => ({ value, label: value })),
            ]}
            onChange={(value) => onChange({ pollutant: value })}
          />
          <label htmlFor={onlyId}>
            <Checkbox
              id={onlyId}
              checked={only === 'diverging'}
              onChange={(event) => onChange({ only: event.target.checked ? 'diverging' : '' })}
            />{' '}
            {t('ledgers.only')}
          </label>
          {tolerance !== undefined && (
            <span className="muted">
              {t('ledgers.tolerance', { value: tolerance.value })}{' '}
              {tolerance.status === 'unverified' ? (
                <Unverified source={tolerance.source} />
              ) : (
                tolerance.source
              )}
            </span>
          )}
        </div>
        <Async
          query={query}
          what={t('ledgers.title')}
          isEmpty={() => rows.length === 0}
          empty={<Empty title={t('ledgers.empty', { year })} hint={t('ledgers.emptyHint')} />}
        >
          {() => (
            <DataTable
              id="lg"
              caption={t('ledgers.title')}
              columns={columns}
              rows={rows}
              rowKey={keyOf}
              paging={paging}
              onRow={(row) => onChange({ row: keyOf(row) })}
              selectedKey={opened}
            />
          )}
        </Async>
      </Panel>
      {selected !== undefined && <LedgerMonths row={selected} year={year} />}
    </>
  )
}

function useLedgerColumns(): readonly Column<LedgerRow>[] {
  const { t } = useTranslation('totals')
  return useMemo(
    () => [
      { key: 'outlet', title: t('column.outlet'), value: (row) => `${row.outletNumber} ${row.outletName}` },
      { key: 'enterprise', title: t('column.enterprise'), value: (row) => row.enterpriseName },
      { key: 'pollutant', title: t('column.pollutant'), choices: true, value: (row) => row.pollutant },
      tonnes('online', t('ledger.online'), (row) => row.online),
      tonnes('reported', t('ledger.reported'), (row) => row.reported),
      tonnes('accounted', t('ledger.accounted'), (row) => row.accounted),
      {
        key: 'diverging',
        title: t('ledgers.diverging'),
        decimals: 0,
        value: (row) => row.diverging,
        render: (row) => <b className={row.diverging > 0 ? 'worse' : 'muted'}>{row.diverging}</b>,
      },
    ],
    [t],
  )
}
