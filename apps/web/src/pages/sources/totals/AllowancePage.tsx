import type { AllowanceAccount, AllowanceApplication, AllowanceEntry } from '@shanshui/contract'
import { Button } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { choiceParam, integerParam, useAddress } from '../../../address/useAddress.ts'
import { useAccounts, useApplications, useEntries, useTotalRefresh } from '../../../api/totals.ts'
import { useScope } from '../../../app/layout/useScope.ts'
import { Page, Panel } from '../../../components/Page.tsx'
import { Async, Empty } from '../../../components/states.tsx'
import type { Column } from '../../../components/table/column.ts'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { pagedRows } from '../../../components/table/pagedRows.ts'
import { ViewSwitch } from '../../../components/ViewSwitch.tsx'
import { shortTime } from '../../../format/time.ts'
import { useSession } from '../../../session/session.tsx'
import { tonnes } from '../parts/amountColumns.ts'
import { AccountForm, EntryForm } from './AccountForms.tsx'
import { ApplicationForm } from './ApplicationForm.tsx'
import { DecisionDrawer } from './DecisionDrawer.tsx'
import css from './totals.module.css'

const views = ['accounts', 'applications'] as const
const params = {
  view: choiceParam(views, 'accounts'),
  account: integerParam(0, 0),
  application: integerParam(0, 0),
} as const

/** Allowance accounts, what moved on them, and the applications of new projects. */
export function AllowancePage() {
  const { t } = useTranslation('totals')
  const [scope] = useScope()
  const [state, change] = useAddress(params)
  const accounts = useAccounts(scope.region)
  useTotalRefresh()
  const { may } = useSession()
  const [writing, setWriting] = useState<'account' | 'entry' | 'application'>()
  const close = () => setWriting(undefined)
  const opened = accounts.data?.items.find((account) => account.id === state.account)
  const write = may('total:write')
  return (
    <Page
      title={t('allowance.title')}
      note={t('allowance.note')}
      tools={
        <>
          <ViewSwitch
            label={t('allowance.views')}
            views={views}
            view={state.view}
            name={(view) => t(`allowance.view.${view}`)}
            onChange={(view) => change({ view })}
          />
          {write && (
            <Button
              size="small"
              type="primary"
              onClick={() => setWriting(state.view === 'accounts' ? 'account' : 'application')}
            >
              {state.view === 'accounts' ? t('form.account') : t('form.application')}
            </Button>
          )}
        </>
      }
    >
      {state.view === 'accounts' ? (
        <>
          <Panel title={t('allowance.view.accounts')}>
            <Async
              query={accounts}
              what={t('allowance.view.accounts')}
              isEmpty={(data) => data.items.length === 0}
              empty={<Empty title={t('allowance.noAccounts')} />}
            >
              {(data) => (
                <AccountTable
                  items={data.items}
                  selected={state.account}
                  onOpen={(account) => change({ account })}
                />
              )}
            </Async>
          </Panel>
          {state.account > 0 && (
            <Panel
              title={t('allowance.entries')}
              tools={
                write &&
                opened !== undefined && (
                  <Button size="small" onClick={() => setWriting('entry')}>
                    {t('form.entry')}
                  </Button>
                )
              }
            >
              <EntryTable accountId={state.account} />
            </Panel>
          )}
        </>
      ) : (
        <Panel title={t('allowance.view.applications')}>
          <ApplicationTable
            regionCode={scope.region}
            accounts={accounts.data?.items ?? []}
            opened={state.application}
            onOpen={(application) => change({ application })}
          />
        </Panel>
      )}
      {writing === 'account' && <AccountForm onClose={close} />}
      {writing === 'entry' && opened !== undefined && <EntryForm account={opened} onClose={close} />}
      {writing === 'application' && <ApplicationForm onClose={close} />}
    </Page>
  )
}

function AccountTable(props: {
  items: readonly AllowanceAccount[]
  selected: number
  onOpen: (id: number) => void
}) {
  const { t } = useTranslation('totals')
  const columns = useMemo<readonly Column<AllowanceAccount>[]>(
    () => [
      { key: 'name', title: t('allowance.account'), value: (row) => row.name },
      { key: 'pollutant', title: t('column.pollutant'), choices: true, value: (row) => row.pollutant },
      { key: 'region', title: t('column.region'), choices: true, value: (row) => row.regionName },
      {
        key: 'origin',
        title: t('allowance.origin'),
        choices: true,
        value: (row) => t(`origin.${row.origin}`),
      },
      tonnes('balance', t('allowance.balance'), (row) => row.balance),
      {
        key: 'valid',
        title: t('allowance.valid'),
        oneLine: true,
        value: (row) => `${row.validFrom} – ${row.validTo ?? t('allowance.open')}`,
      },
      { key: 'entries', title: t('allowance.count'), decimals: 0, value: (row) => row.entries },
    ],
    [t],
  )
  return (
    <DataTable
      id="ac"
      caption={t('allowance.view.accounts')}
      columns={columns}
      rows={props.items}
      rowKey={(row) => row.id}
      onRow={(row) => props.onOpen(row.id)}
      selectedKey={props.selected}
    />
  )
}

function EntryTable({ accountId }: { accountId: number }) {
  const { t } = useTranslation('totals')
  const query = useEntries(accountId)
  const { rows, paging } = pagedRows(query)
  const columns = useMemo<readonly Column<AllowanceEntry>[]>(
    () => [
      { key: 'at', title: t('allowance.at'), oneLine: true, value: (row) => shortTime(row.at) },
      { key: 'kind', title: t('allowance.kind'), choices: true, value: (row) => t(`entry.${row.kind}`) },
      tonnes('tonnes', t('allowance.amount'), (row) => row.tonnes),
      tonnes('balance', t('allowance.after'), (row) => row.balance),
      { key: 'reference', title: t('allowance.reference'), value: (row) => row.reference },
      { key: 'by', title: t('allowance.by'), value: (row) => row.by },
    ],
    [t],
  )
  return (
    <Async query={query} what={t('allowance.entries')} isEmpty={() => rows.length === 0}>
      {() => (
        <DataTable
          id="en"
          caption={t('allowance.entries')}
          columns={columns}
          rows={rows}
          rowKey={(row) => row.id}
          paging={paging}
        />
      )}
    </Async>
  )
}

function ApplicationTable(props: {
  regionCode: number
  accounts: readonly AllowanceAccount[]
  opened: number
  onOpen: (id: number) => void
}) {
  const { t } = useTranslation('totals')
  const { onOpen } = props
  const query = useApplications(props.regionCode)
  const { rows, paging } = pagedRows(query)
  const columns = useMemo<readonly Column<AllowanceApplication>[]>(
    () => [
      { key: 'project', title: t('column.project'), value: (row) => row.projectName },
      { key: 'code', title: t('column.code'), oneLine: true, value: (row) => row.projectCode },
      { key: 'region', title: t('column.region'), choices: true, value: (row) => row.regionName },
      {
        key: 'needs',
        title: t('allowance.needs'),
        value: (row) =>
          row.needs
            .map((need) => `${need.pollutant} ${need.increment}×${need.ratio} = ${need.needed} t`)
            .join('；'),
      },
      { key: 'failing', title: t('allowance.failing'), value: (row) => row.failing.join('、') },
      {
        key: 'state',
        title: t('column.state'),
        choices: true,
        oneLine: true,
        value: (row) => t(`application.${row.state}`),
        render: (row) => (
          <b className={row.state === 'approved' ? 'better' : row.state === 'refused' ? 'worse' : ''}>
            {t(`application.${row.state}`)}
          </b>
        ),
      },
      {
        key: 'open',
        title: t('column.act'),
        value: () => null,
        render: (row) => (
          <Button size="small" type="link" onClick={() => onOpen(row.id)}>
            {row.state === 'applied' ? t('allowance.decide') : t('allowance.look')}
          </Button>
        ),
      },
    ],
    [t, onOpen],
  )
  const opened = rows.find((row) => row.id === props.opened)
  return (
    <Async
      query={query}
      what={t('allowance.view.applications')}
      isEmpty={() => rows.length === 0}
      empty={<Empty title={t('allowance.noApplications')} />}
    >
      {() => (
        <div className={css.form}>
          <DataTable
            id="ap"
            caption={t('allowance.view.applications')}
            columns={columns}
            rows={rows}
            rowKey={(row) => row.id}
            paging={paging}
          />
          {opened !== undefined && (
            <DecisionDrawer application={opened} accounts={props.accounts} onClose={() => onOpen(0)} />
          )}
        </div>
      )}
    </Async>
  )
}
