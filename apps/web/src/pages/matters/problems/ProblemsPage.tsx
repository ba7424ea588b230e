import {
  causeKindNames,
  type ProblemBrief,
  problemSources,
  problemSourceTitles,
  problemStates,
  problemStateTitles,
  problemThemes,
  problemThemeTitles,
} from '@shanshui/contract'
import { Button, Input, Select } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { choiceParam, textParam, useAddress } from '../../../address/useAddress.ts'
import { urlOf } from '../../../api/client.ts'
import { type ProblemFilter, problemQuery, useProblemRefresh, useProblems } from '../../../api/problems.ts'
import { useCarriedSearch, useScope } from '../../../app/layout/useScope.ts'
import { Page, Panel } from '../../../components/Page.tsx'
import { Async, Empty } from '../../../components/states.tsx'
import type { Column } from '../../../components/table/column.ts'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { pagedRows } from '../../../components/table/pagedRows.ts'
import { dateOf, toMs } from '../../../format/time.ts'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import { useSession } from '../../../session/session.tsx'
import { useNarrow } from '../parts/useNarrow.ts'
import { CausesOverview } from './CausesOverview.tsx'
import { ProblemState, SourceBadge } from './ProblemMarks.tsx'
import css from './problems.module.css'
import { RegisterDrawer } from './RegisterDrawer.tsx'
import { UnattendedPart } from './UnattendedPart.tsx'

const states = [
  'active',
  'untreated',
  'all',
  ...problemStates.filter((state) => state !== 'untreated'),
] as const
const params = {
  state: choiceParam(states, 'active'),
  source: choiceParam(['', ...problemSources] as const, ''),
  theme: choiceParam(['', ...problemThemes] as const, ''),
  cause: choiceParam(['', ...causeKindNames] as const, ''),
  q: textParam(),
} as const

/** What has been found, from where, and is anybody working on it? */
export function ProblemsPage() {
  const { t } = useTranslation('problems')
  const { may } = useSession()
  const [state, change] = useAddress(params)
  const [{ region }] = useScope()
  const [registering, setRegistering] = useState(false)
  const filter = useMemo<ProblemFilter>(
    () => ({
      state: state.state,
      source: state.source,
      theme: state.theme,
      cause: state.cause,
      regionCode: region,
      search: state.q,
    }),
    [state, region],
  )
  const query = useProblems(filter)
  useProblemRefresh()
  const { rows, paging } = pagedRows(query)
  const navigate = useNavigate()
  const search = useCarriedSearch()
  const narrow = useNarrow()
  const columns = useColumns()
  const tools = <Tools state={state} change={change} filter={filter} />
  return (
    <Page
      title={t('title')}
      note={t('note')}
      tools={
        may('problem:write') && (
          <Button type="primary" onClick={() => setRegistering(true)}>
            {t('register.button')}
          </Button>
        )
      }
    >
      <UnattendedPart
        onFilter={() => change({ state: 'untreated', source: '', theme: '', cause: '', q: '' })}
      />
      <CausesOverview
        chosen={state.cause}
        onChoose={(cause) => change({ cause, ...(cause === '' ? {} : { state: 'all' as const }) })}
      />
      <Panel>
        {narrow && tools}
        <Async query={query} what={t('title')} rows={12}>
          {() =>
            narrow ? (
              <Cards rows={rows} />
            ) : (
              <DataTable
                id="p"
                caption={t('title')}
                columns={columns}
                rows={rows}
                rowKey={(row) => row.id}
                paging={paging}
                empty={<Empty title={t('none')} hint={t('noneHint')} />}
                tools={tools}
                onRow={(row) => void navigate({ pathname: `/matters/problems/${row.id}`, search })}
              />
            )
          }
        </Async>
      </Panel>
      {registering && <RegisterDrawer onClose={() => setRegistering(false)} />}
    </Page>
  )
}

interface ToolsProps {
  readonly state: ReturnType<typeof useAddress<typeof params>>[0]
  readonly change: ReturnType<typeof useAddress<typeof params>>[1]
  readonly filter: ProblemFilter
}

function Tools({ state, change, filter }: ToolsProps) {
  const { t } = useTranslation('problems')
  const official = useOfficial()
  return (
    <div className={`${css.tools} no-print`}>
      <Select
        size="small"
        aria-label={t('column.state')}
        popupMatchSelectWidth={false}
        value={state.state}
        options={states.map((value) => ({
          value,
          label:
            value === 'active' || value === 'all' ? t(`state.${value}`) : official(problemStateTitles[value]),
        }))}
        onChange={(next) => change({ state: next })}
      />
      <Select
        size="small"
        aria-label={t('column.source')}
        popupMatchSelectWidth={false}
        value={state.source}
        options={[
          { value: '' as const, label: t('anySource') },
          ...problemSources.map((value) => ({ value, label: official(problemSourceTitles[value]) })),
        ]}
        onChange={(source) => change({ source })}
      />
      <Select
        size="small"
        aria-label={t('column.theme')}
        popupMatchSelectWidth={false}
        value={state.theme}
        options={[
          { value: '' as const, label: t('anyTheme') },
          ...problemThemes.map((value) => ({ value, label: official(problemThemeTitles[value]) })),
        ]}
        onChange={(theme) => change({ theme })}
      />
      <Input.Search
        size="small"
        className={css.search ?? ''}
        allowClear
        aria-label={t('search')}
        placeholder={t('search')}
        defaultValue={state.q}
        onSearch={(q) => change({ q: q.trim() })}
      />
      <a href={urlOf('/problems/export/xlsx', problemQuery(filter))} download>
        {t('exportAll')}
      </a>
    </div>
  )
}

function useColumns(): readonly Column<ProblemBrief>[] {
  const { t } = useTranslation('problems')
  const official = useOfficial()
  const search = useCarriedSearch()
  return useMemo(
    () => [
      {
        key: 'number',
        title: t('column.number'),
        value: (row) => row.number,
        render: (row) => <Link to={{ pathname: `/matters/problems/${row.id}`, search }}>{row.number}</Link>,
        oneLine: true,
      },
      { key: 'title', title: t('column.title'), value: (row) => row.title },
      {
        key: 'state',
        title: t('column.state'),
        value: (row) => official(problemStateTitles[row.state]),
        render: (row) => <ProblemState state={row.state} />,
        oneLine: true,
      },
      {
        key: 'source',
        title: t('column.source'),
        value: (row) => official(problemSourceTitles[row.source]),
        render: (row) => <SourceBadge source={row.source} count={row.sources} />,
        oneLine: true,
      },
      {
        key: 'theme',
        title: t('column.theme'),
        value: (row) => official(problemThemeTitles[row.theme]),
        oneLine: true,
      },
      {
        key: 'object',
        title: t('column.object'),
        value: (row) => row.enterprise?.name ?? row.feature?.name ?? null,
      },
      { key: 'region', title: t('column.region'), value: (row) => row.regionName, oneLine: true },
      { key: 'found', title: t('column.found'), value: (row) => dateOf(toMs(row.foundAt)), oneLine: true },
      {
        key: 'matters',
        title: t('column.matters'),
        decimals: 0,
        value: (row) => row.matters,
        hidden: true,
      },
    ],
    [t, official, search],
  )
}

function Cards({ rows }: { rows: readonly ProblemBrief[] }) {
  const { t } = useTranslation('problems')
  const official = useOfficial()
  const search = useCarriedSearch()
  if (rows.length === 0) return <Empty title={t('none')} hint={t('noneHint')} />
  return (
    <ol className={css.cards}>
      {rows.map((row) => (
        <li key={row.id}>
          <Link to={{ pathname: `/matters/problems/${row.id}`, search }}>{row.title}</Link>
          <p>
            <ProblemState state={row.state} /> <SourceBadge source={row.source} count={row.sources} />
          </p>
          <p className="muted">
            {row.number} · {official(problemThemeTitles[row.theme])}
            {row.enterprise !== null && ` · ${row.enterprise.name}`}
            {row.regionName !== null && ` · ${row.regionName}`}
          </p>
        </li>
      ))}
    </ol>
  )
}
