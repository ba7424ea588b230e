import {
  type Complaint,
  complaintChannelNames,
  complaintChannels,
  complaintThemeNames,
  complaintThemes,
} from '@shanshui/contract'
import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { useComplaintRefresh, useComplaintSummary } from '../../../../api/complaints.ts'
import { useCarriedSearch } from '../../../../app/layout/useScope.ts'
import { Page, Panel } from '../../../../components/Page.tsx'
import { Async, Empty } from '../../../../components/states.tsx'
import { DataTable, type Paging } from '../../../../components/table/DataTable.tsx'
import { pagedRows } from '../../../../components/table/pagedRows.ts'
import { useOfficial } from '../../../../i18n/useOfficial.ts'
import { useSession } from '../../../../session/session.tsx'
import { CountStrip } from '../../list/CountStrip.tsx'
import listCss from '../../list/list.module.css'
import { useNarrow } from '../../parts/useNarrow.ts'
import { ComplaintDue, ComplaintMarks } from '../marks.tsx'
import { ComplaintState, useComplaintColumns } from './complaintColumns.tsx'
import { ImportPart } from './ImportPart.tsx'
import { RegisterDrawer } from './RegisterDrawer.tsx'
import { type ComplaintList, phases, useComplaintList } from './useComplaintList.ts'

/** What has come in, what is due, whose turn it is, what keeps coming back. */
export function ComplaintsPage() {
  const { t } = useTranslation('complaints')
  const { may } = useSession()
  const list = useComplaintList()
  const { rows, paging } = pagedRows(list.query)
  const columns = useComplaintColumns()
  const navigate = useNavigate()
  const search = useCarriedSearch()
  const narrow = useNarrow()
  const [open, setOpen] = useState<'register' | 'import' | undefined>()
  useComplaintRefresh()
  const empty = <Empty title={t('none')} hint={t('noneHint')} />
  const tools = <Tools list={list} />
  return (
    <Page
      title={t('title')}
      note={t('note')}
      tools={
        <>
          <Link to={{ pathname: '/matters/complaints/kpi', search }}>{t('kpi.title')}</Link>
          <Link to={{ pathname: '/matters/complaints/looks', search }}>{t('looks.title')}</Link>
          {may('complaint:write') && (
            <>
              <Button onClick={() => setOpen('import')}>{t('import.title')}</Button>
              <Button type="primary" onClick={() => setOpen('register')}>
                {t('register.title')}
              </Button>
            </>
          )}
        </>
      }
    >
      <Strip list={list} />
      <Panel>
        {narrow && tools}
        <Async query={list.query} what={t('title')} rows={12}>
          {() =>
            narrow ? (
              rows.length === 0 ? (
                empty
              ) : (
                <Cards rows={rows} paging={paging} />
              )
            ) : (
              <DataTable
                id="c"
                caption={t('title')}
                columns={columns}
                rows={rows}
                rowKey={(row) => row.id}
                paging={paging}
                empty={empty}
                onRow={(row) => void navigate({ pathname: `/matters/complaints/${row.id}`, search })}
                tools={tools}
              />
            )
          }
        </Async>
      </Panel>
      {open === 'register' && <RegisterDrawer onClose={() => setOpen(undefined)} />}
      {open === 'import' && <ImportPart onClose={() => setOpen(undefined)} />}
    </Page>
  )
}

const stripKeys = ['open', 'received', 'waitsForMe', 'overdue', 'repeats', 'named'] as const
type StripKey = (typeof stripKeys)[number]

function Strip({ list }: { list: ComplaintList }) {
  const { t } = useTranslation('complaints')
  const summary = useComplaintSummary()
  const { state, change } = list
  const none = { state: '', waits: false, overdue: false, repeated: false, named: false }
  const patches: Readonly<Record<StripKey, Partial<typeof state>>> = {
    open: {},
    received: { state: 'received' },
    waitsForMe: { waits: true },
    overdue: { overdue: true },
    repeats: { repeated: true },
    named: { named: true },
  }
  const chosen = stripKeys.find((key) =>
    Object.entries({ ...none, ...patches[key] }).every(
      ([name, value]) => state[name as keyof typeof none] === value,
    ),
  )
  return (
    <Async query={summary} what={t('strip.what')} rows={2}>
      {(data) => (
        <CountStrip
          label={t('strip.what')}
          chosen={state.phase === 'open' ? chosen : undefined}
          counts={stripKeys.map((key) => ({
            key,
            title: t(`strip.${key}`),
            count: data[key],
            alarm: key === 'overdue',
          }))}
          onChoose={(key) => change({ ...none, phase: 'open', ...(key === undefined ? {} : patches[key]) })}
        />
      )}
    </Async>
  )
}

function Tools({ list: { state, change } }: { list: ComplaintList }) {
  const { t } = useTranslation('complaints')
  const official = useOfficial()
  const campaigns = useComplaintSummary().data?.campaigns ?? []
  const choice = (
    name: 'channel' | 'theme' | 'campaign',
    all: string,
    options: readonly { value: string; label: string }[],
  ) => (
    <Select
      size="small"
      aria-label={t(`column.${name}`)}
      popupMatchSelectWidth={false}
      value={state[name]}
      options={[{ value: '', label: all }, ...options]}
      onChange={(value) => change({ [name]: value })}
    />
  )
  return (
    <div className={listCss.tools}>
      <Select
        size="small"
        aria-label={t('column.phase')}
        popupMatchSelectWidth={false}
        value={state.phase}
        options={phases.map((value) => ({ value, label: t(`phase.${value}`) }))}
        onChange={(phase) => change({ phase, state: '' })}
      />
      {choice(
        'theme',
        t('all.theme'),
        complaintThemeNames.map((value) => ({ value, label: official(complaintThemes[value]) })),
      )}
      {choice(
        'channel',
        t('all.channel'),
        complaintChannelNames.map((value) => ({ value, label: official(complaintChannels[value]) })),
      )}
      {campaigns.length > 0 &&
        choice(
          'campaign',
          t('all.campaign'),
          campaigns.map(({ name, count }) => ({ value: name, label: `${name}（${count}）` })),
        )}
      <Input.Search
        size="small"
        className={listCss.search ?? ''}
        allowClear
        aria-label={t('search')}
        placeholder={t('search')}
        defaultValue={state.q}
        onSearch={(q) => change({ q: q.trim() })}
      />
    </div>
  )
}

/** The list on a phone: one ticket a card. */
function Cards({ rows, paging }: { rows: readonly Complaint[]; paging: Paging }) {
  const { t } = useTranslation('complaints')
  const search = useCarriedSearch()
  return (
    <>
      <ul className={listCss.cards}>
        {rows.map((row) => (
          <li key={row.id} className={listCss.card}>
            <h3>
              <Link to={{ pathname: `/matters/complaints/${row.id}`, search }}>{row.title}</Link>
            </h3>
            <p>
              <ComplaintState complaint={row} /> <ComplaintMarks complaint={row} />
            </p>
            <ComplaintDue due={row.due} withTitle />
            <p className="muted">
              {row.number} {row.regionName ?? ''} {row.matter?.waitsFor.join('、') ?? ''}
            </p>
          </li>
        ))}
      </ul>
      {paging.next !== null && (
        <Button loading={paging.loading} onClick={paging.onMore}>
          {t('common:table.more')}
        </Button>
      )}
    </>
  )
}
