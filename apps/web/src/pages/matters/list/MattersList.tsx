import { type MatterBrief, matterPhaseTitles } from '@shanshui/contract'
import { Button, Input, Select } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { urlOf } from '../../../api/client.ts'
import { matterQuery, useMatterRefresh, useMatterSummary, useWorkflows } from '../../../api/matters.ts'
import { useScope } from '../../../app/layout/useScope.ts'
import { Page, Panel } from '../../../components/Page.tsx'
import { Async, Empty } from '../../../components/states.tsx'
import type { Column } from '../../../components/table/column.ts'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { pagedRows } from '../../../components/table/pagedRows.ts'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import { useSession } from '../../../session/session.tsx'
import { NewMatter } from '../open/NewMatter.tsx'
import { useNewMatterAddress } from '../open/useNewMatterAddress.ts'
import { useNarrow } from '../parts/useNarrow.ts'
import { CountStrip } from './CountStrip.tsx'
import css from './list.module.css'
import { MatterCards } from './MatterCards.tsx'
import { useMatterColumns } from './matterColumns.tsx'
import {
  type ListFlag,
  type ListPhase,
  listFlags,
  listPhases,
  type MatterList,
  useMatterList,
} from './useMatterList.ts'

interface Props {
  readonly title: string
  readonly note?: ReactNode
  /** Ids of the workflows in this list, separated by commas; '' for all. */
  readonly workflows: string
  /** What this list shows besides the columns of every list, put after the state. */
  readonly extraColumns?: readonly Column<MatterBrief>[]
  /** Above the list, instead of the counts by phase. */
  readonly strip?: ReactNode
  /** What stands in the fields is read with the rows. */
  readonly withFields?: boolean
  /** The phase that is shown unless the address says otherwise. */
  readonly firstPhase?: ListPhase
  /** Columns of every list that are not shown here until chosen. */
  readonly hide?: readonly string[]
  /** Narrows what was read further, by what only this list knows. */
  readonly only?: (matter: MatterBrief) => boolean
}

/** What is under way, who is late, whose turn is it? The page of every list of matters. */
export function MattersList(props: Props) {
  const { title, note, workflows, extraColumns, strip, only } = props
  const { t } = useTranslation('matters')
  const { may } = useSession()
  const list = useMatterList(workflows, props.firstPhase ?? 'open', props.withFields === true)
  const openNew = useNewMatterAddress()
  useMatterRefresh()
  const kinds = workflows.split(',')
  const columns = useMatterColumns(workflows === '' || kinds.length > 1)
  const { rows, paging } = pagedRows(list.query)
  const shown = only === undefined ? rows : rows.filter(only)
  const narrow = useNarrow()
  const empty = <Empty title={t('list.none')} hint={t('list.noneHint')} />
  const tools = <ListTools list={list} workflows={workflows} />
  return (
    <Page
      title={title}
      {...(note === undefined ? {} : { note })}
      tools={
        may('matter:open') && (
          <Button type="primary" onClick={() => openNew({ workflow: kinds[0] ?? '' })}>
            {t('open.button')}
          </Button>
        )
      }
    >
      {strip ?? <PhaseStrip list={list} workflows={workflows} />}
      <Panel>
        {narrow && tools}
        <Async query={list.query} what={title} rows={12}>
          {() =>
            narrow ? (
              shown.length === 0 ? (
                empty
              ) : (
                <MatterCards rows={shown} paging={paging} />
              )
            ) : (
              <DataTable
                id="m"
                caption={title}
                columns={withExtra(columns, extraColumns, props.hide)}
                rows={shown}
                rowKey={(row) => row.id}
                paging={paging}
                exportName={title}
                empty={empty}
                tools={tools}
              />
            )
          }
        </Async>
      </Panel>
      <NewMatter />
    </Page>
  )
}

function withExtra(
  columns: readonly Column<MatterBrief>[],
  extra: readonly Column<MatterBrief>[] = [],
  hide: readonly string[] = [],
): readonly Column<MatterBrief>[] {
  const at = columns.findIndex((column) => column.key === 'due')
  return [...columns.slice(0, at), ...extra, ...columns.slice(at)].map((column) =>
    hide.includes(column.key) ? { ...column, hidden: true } : column,
  )
}

const phaseKeys = ['open', 'overdue', 'watched', 'closed', 'dropped', 'rebounded'] as const
type PhaseKey = (typeof phaseKeys)[number]

/** Counts that no filter but the region changes: what one would get by choosing them. */
function PhaseStrip({ list, workflows }: { list: MatterList; workflows: string }) {
  const { t } = useTranslation('matters')
  const official = useOfficial()
  const [{ region }] = useScope()
  const summary = useMatterSummary({
    workflow: list.state.workflow === '' ? workflows : list.state.workflow,
    regionCode: region,
    mine: list.state.mine,
  })
  const { state, change } = list
  const chosen: PhaseKey | undefined = state.overdue
    ? 'overdue'
    : state.rebounded
      ? 'rebounded'
      : state.phase === 'all'
        ? undefined
        : state.phase
  const choose = (key: PhaseKey | undefined): void =>
    change({
      state: '',
      overdue: key === 'overdue',
      rebounded: key === 'rebounded',
      phase: key === undefined || key === 'rebounded' ? 'all' : key === 'overdue' ? 'open' : key,
    })
  return (
    <Async query={summary} what={t('strip.what')} rows={2}>
      {(data) => (
        <CountStrip
          label={t('strip.what')}
          chosen={chosen}
          onChoose={choose}
          counts={phaseKeys.map((key) => ({
            key,
            count: data[key],
            title:
              key === 'overdue' || key === 'rebounded' ? t(`flag.${key}`) : official(matterPhaseTitles[key]),
            alarm: key === 'overdue' || key === 'rebounded',
          }))}
        />
      )}
    </Async>
  )
}

function ListTools({ list, workflows }: { list: MatterList; workflows: string }) {
  const { t } = useTranslation('matters')
  const official = useOfficial()
  const { state, change, filter } = list
  const query = useWorkflows()
  const wanted = new Set(workflows.split(','))
  const kinds = (query.data?.items ?? []).filter((one) => workflows === '' || wanted.has(one.id))
  const shownKinds = kinds.filter((one) => state.workflow === '' || one.id === state.workflow)
  const toggle = (flag: ListFlag): void => change({ [flag]: !state[flag] })
  return (
    <div className={css.tools}>
      {kinds.length > 1 && (
        <Select
          size="small"
          aria-label={t('column.workflow')}
          popupMatchSelectWidth={false}
          value={state.workflow}
          options={[
            { value: '', label: t('list.allKinds') },
            ...kinds.map((one) => ({ value: one.id, label: official(one.title) })),
          ]}
          onChange={(workflow) => change({ workflow, state: '' })}
        />
      )}
      <Select
        size="small"
        aria-label={t('column.phase')}
        popupMatchSelectWidth={false}
        value={state.phase}
        options={listPhases.map((value) => ({
          value,
          label: value === 'all' ? t('list.allPhases') : official(matterPhaseTitles[value]),
        }))}
        onChange={(phase) => change({ phase, state: '' })}
      />
      {shownKinds.length === 1 && (
        <Select
          size="small"
          aria-label={t('column.state')}
          popupMatchSelectWidth={false}
          value={state.state}
          options={[
            { value: '', label: t('list.allStates') },
            ...(shownKinds[0]?.states ?? [])
              .filter((one) => state.phase === 'all' || one.phase === state.phase)
              .map((one) => ({ value: one.id, label: official(one.title) })),
          ]}
          onChange={(next) => change({ state: next })}
        />
      )}
      {listFlags.map((flag) => (
        <button
          key={flag}
          type="button"
          className={css.flag}
          aria-pressed={state[flag]}
          onClick={() => toggle(flag)}
        >
          {t(`flag.${flag}`)}
        </button>
      ))}
      <Input.Search
        size="small"
        className={css.search ?? ''}
        allowClear
        aria-label={t('list.search')}
        placeholder={t('list.search')}
        defaultValue={state.q}
        onSearch={(q) => change({ q: q.trim() })}
      />
      <a href={urlOf('/matters/export/xlsx', matterQuery({ ...filter, fields: false }))} download>
        {t('list.exportAll')}
      </a>
    </div>
  )
}
