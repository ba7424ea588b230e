import { fieldConclusionTitles, type InspectionTask, visitKindTitles } from '@shanshui/contract'
import { Button, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { choiceParam, dateParam, integerParam, useAddress } from '../../../address/useAddress.ts'
import { useInspectionRefresh, useInspectionTasks } from '../../../api/inspections.ts'
import { useScope } from '../../../app/layout/useScope.ts'
import { Page, Panel } from '../../../components/Page.tsx'
import { Async, Empty } from '../../../components/states.tsx'
import type { Column } from '../../../components/table/column.ts'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { pagedRows } from '../../../components/table/pagedRows.ts'
import { addDays, today } from '../../../format/time.ts'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import { useSession } from '../../../session/session.tsx'
import { OpenTaskForm } from './OpenTaskForm.tsx'
import { TaskDrawer } from './TaskDrawer.tsx'

const whose = ['all', 'mine'] as const
const DAYS_BACK = 14
const DAYS_ON = 14
const params = {
  task: integerParam(0, 0),
  whose: choiceParam(whose, 'all'),
  from: dateParam(addDays(today(), -DAYS_BACK)),
  to: dateParam(addDays(today(), DAYS_ON)),
}

/** Which visits are due, which are done, and what came of them? */
export function TasksPage() {
  const { t } = useTranslation('inspections')
  const official = useOfficial()
  const { may } = useSession()
  const [scope] = useScope()
  const [state, change] = useAddress(params)
  const [opening, setOpening] = useState(false)
  const query = useInspectionTasks({
    regionCode: scope.region,
    from: state.from,
    to: state.to,
    mine: state.whose === 'mine',
  })
  useInspectionRefresh()
  const { rows, paging } = pagedRows(query)
  const columns: Column<InspectionTask>[] = [
    { key: 'date', title: t('task.date'), value: (row) => row.date, oneLine: true },
    { key: 'number', title: t('task.number'), value: (row) => row.number, oneLine: true },
    { key: 'unit', title: t('unit.name'), value: (row) => row.enterprise?.name ?? row.title },
    {
      key: 'kind',
      title: t('leftOut.kind'),
      value: (row) => official(visitKindTitles[row.kind]),
      choices: true,
    },
    {
      key: 'state',
      title: t('draw.state'),
      value: (row) => row.stateTitle,
      render: (row) => <span className={row.overdue ? 'worse' : undefined}>{row.stateTitle}</span>,
      choices: true,
    },
    {
      key: 'who',
      title: t('draw.officers'),
      value: (row) => row.officers.map(({ name }) => name).join('、'),
    },
    {
      key: 'conclusion',
      title: t('task.conclusion'),
      value: (row) => (row.conclusion === null ? null : official(fieldConclusionTitles[row.conclusion])),
      choices: true,
    },
    { key: 'problems', title: t('task.problems'), decimals: 0, value: (row) => row.problems },
    {
      key: 'conflicts',
      title: t('task.conflicts'),
      decimals: 0,
      value: (row) => row.openConflicts,
      hidden: true,
    },
  ]
  return (
    <Page
      title={t('task.title')}
      tools={
        <>
          <Segmented
            size="small"
            aria-label={t('task.whose.title')}
            value={state.whose}
            options={whose.map((value) => ({ value, label: t(`task.whose.${value}`) }))}
            onChange={(value) => change({ whose: value })}
          />
          <input
            type="date"
            aria-label={t('plan.from')}
            value={state.from}
            onChange={(event) => change({ from: event.target.value })}
          />
          <input
            type="date"
            aria-label={t('plan.to')}
            value={state.to}
            onChange={(event) => change({ to: event.target.value })}
          />
          {may('inspection:plan') && (
            <Button size="small" type="primary" onClick={() => setOpening(true)}>
              {t('task.open')}
            </Button>
          )}
        </>
      }
    >
      <Panel label={t('task.title')}>
        <Async
          query={query}
          what={t('task.title')}
          rows={8}
          isEmpty={() => rows.length === 0}
          empty={<Empty title={t('task.none')} hint={t('task.noneHint')} />}
        >
          {() => (
            <DataTable
              id="tasks"
              caption={t('task.title')}
              columns={columns}
              rows={rows}
              rowKey={(row) => row.id}
              paging={paging}
              onRow={(row) => change({ task: row.id })}
            />
          )}
        </Async>
      </Panel>
      {state.task > 0 && <TaskDrawer id={state.task} onClose={() => change({ task: 0 })} />}
      {opening && (
        <OpenTaskForm
          onClose={() => setOpening(false)}
          onDone={(task) => {
            setOpening(false)
            change({ task })
          }}
        />
      )}
    </Page>
  )
}
