import type { MatterBrief } from '@shanshui/contract'
import { Button, Select } from 'antd'
import { useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { choiceParam, integerParam, textParam, useAddress } from '../../../address/useAddress.ts'
import { useMatterRefresh, useMattersToDo, useWorkflows } from '../../../api/matters.ts'
import { useCarriedSearch } from '../../../app/layout/useScope.ts'
import { Page, Panel } from '../../../components/Page.tsx'
import { Async, Empty } from '../../../components/states.tsx'
import { pagedRows } from '../../../components/table/pagedRows.ts'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import { useKeys } from '../../leads/triage/useKeys.ts'
import { CountStrip } from '../list/CountStrip.tsx'
import { DueMark, ReboundMark, StateMark } from '../parts/MatterMarks.tsx'
import css from './todo.module.css'
import { type TodoGroupName, todoGroupNames, todoGroups } from './todoGroups.ts'
import { useNextActions } from './useNextActions.ts'

const params = {
  workflow: textParam(),
  due: choiceParam(['', ...todoGroupNames] as const, ''),
  matter: integerParam(0, 0),
} as const

/** What waits for me, by deadline; j and k go through it, Enter opens. */
export function TodoPage() {
  const { t } = useTranslation('matters')
  const [state, change] = useAddress(params)
  const query = useMattersToDo(state.workflow)
  useMatterRefresh()
  const navigate = useNavigate()
  const search = useCarriedSearch()
  const { rows, paging } = pagedRows(query)
  const groups = useMemo(() => todoGroups(rows.map(withDueAt), Date.now()), [rows])
  const shown = groups.filter(({ name }) => state.due === '' || name === state.due)
  const order = shown.flatMap(({ items }) => items)
  const step = (by: 1 | -1) => {
    const at = order.findIndex(({ matter }) => matter.id === state.matter)
    const next = order[at < 0 ? 0 : at + by]
    if (next !== undefined) change({ matter: next.matter.id })
  }
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    enter: () => {
      if (state.matter > 0) void navigate({ pathname: `/matters/${state.matter}`, search })
    },
  })
  const counts = todoGroupNames.map((name) => ({
    key: name,
    title: t(`todo.${name}`),
    count: groups.find((group) => group.name === name)?.items.length ?? 0,
    alarm: name === 'overdue',
  }))
  return (
    <Page
      title={t('todo.title')}
      note={t('todo.note', { count: rows.length })}
      tools={<KindChoice value={state.workflow} onChange={(workflow) => change({ workflow })} />}
    >
      <Async
        query={query}
        what={t('todo.title')}
        rows={12}
        isEmpty={() => rows.length === 0}
        empty={<Empty title={t('todo.none')} hint={t('todo.noneHint')} />}
      >
        {() => (
          <>
            <CountStrip
              label={t('todo.counts')}
              counts={counts}
              chosen={state.due === '' ? undefined : state.due}
              onChoose={(due) => change({ due: due ?? '' })}
            />
            <Panel label={t('todo.title')}>
              {shown.map(({ name, items }) => (
                <Group
                  key={name}
                  name={name}
                  matters={items.map(({ matter }) => matter)}
                  chosen={state.matter}
                />
              ))}
              {order.length === 0 && <p className="muted">{t('todo.noneOfGroup')}</p>}
              {paging.next !== null && (
                <Button size="small" loading={paging.loading} onClick={paging.onMore}>
                  {t('common:table.more')}
                </Button>
              )}
              <p className={`${css.keys} muted`}>{t('todo.keys')}</p>
            </Panel>
          </>
        )}
      </Async>
    </Page>
  )
}

const withDueAt = (matter: MatterBrief) => ({ matter, dueAt: matter.due?.dueAt ?? null })

function KindChoice({ value, onChange }: { value: string; onChange: (workflow: string) => void }) {
  const { t } = useTranslation('matters')
  const official = useOfficial()
  const workflows = useWorkflows()
  return (
    <Select<string>
      size="small"
      aria-label={t('column.workflow')}
      popupMatchSelectWidth={false}
      value={value}
      options={[
        { value: '', label: t('list.allKinds') },
        ...(workflows.data?.items ?? []).map((one) => ({ value: one.id, label: official(one.title) })),
      ]}
      onChange={onChange}
    />
  )
}

interface GroupProps {
  readonly name: TodoGroupName
  readonly matters: readonly MatterBrief[]
  readonly chosen: number
}

function Group({ name, matters, chosen }: GroupProps) {
  const { t } = useTranslation('matters')
  const next = useNextActions(matters)
  return (
    <section aria-label={t(`todo.${name}`)}>
      <h2 className={css.group}>
        {t(`todo.${name}`)} <span className="muted">{matters.length}</span>
      </h2>
      <ol className={css.rows}>
        {matters.map((matter) => (
          <Row key={matter.id} matter={matter} steps={next(matter)} chosen={matter.id === chosen} />
        ))}
      </ol>
    </section>
  )
}

interface RowProps {
  readonly matter: MatterBrief
  readonly steps: ReturnType<ReturnType<typeof useNextActions>>
  readonly chosen: boolean
}

function Row({ matter, steps, chosen }: RowProps) {
  const { t } = useTranslation('matters')
  const official = useOfficial()
  const search = useCarriedSearch()
  const row = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (chosen) row.current?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  const where = [matter.enterprise?.name ?? matter.feature?.name, matter.regionName]
    .filter((part) => part != null)
    .join(' · ')
  return (
    <li ref={row} className={`${css.row} ${chosen ? css.chosen : ''}`} aria-current={chosen || undefined}>
      <div className={css.due}>
        <DueMark due={matter.due} />
      </div>
      <div className={css.what}>
        <Link to={{ pathname: `/matters/${matter.id}`, search }}>{matter.title}</Link>{' '}
        <ReboundMark count={matter.rebounds} />
        <p className="muted">
          {official(matter.workflowTitle)} {matter.number}
          {where !== '' && ` · ${where}`}
        </p>
      </div>
      <div className={css.next}>
        <StateMark matter={matter} />
        {steps.length > 0 && (
          <span>
            {t('todo.next')} <strong>{steps.map(({ title }) => official(title)).join('／')}</strong>
          </span>
        )}
      </div>
    </li>
  )
}
