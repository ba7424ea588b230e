import { type InspectionPlanDetail, type PlanChange, planStateTitles } from '@shanshui/contract'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { choiceParam, integerParam, useAddress } from '../../../address/useAddress.ts'
import { urlOf } from '../../../api/client.ts'
import {
  useInspectionRefresh,
  useMakePlan,
  usePlan,
  usePlans,
  usePublishPlan,
} from '../../../api/inspections.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { JobProgress } from '../../../components/JobProgress.tsx'
import { Page, Panel } from '../../../components/Page.tsx'
import { Async, Empty } from '../../../components/states.tsx'
import { ViewSwitch } from '../../../components/ViewSwitch.tsx'
import { addDays, today, weekdayOf } from '../../../format/time.ts'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import { useSession } from '../../../session/session.tsx'
import { useRegion } from '../useRegion.ts'
import { ChangeDialog } from './ChangeDialog.tsx'
import { LeftOutPart } from './LeftOutPart.tsx'
import { PlanBoard } from './PlanBoard.tsx'
import { PlanChanges } from './PlanChanges.tsx'
import { PlanMap } from './PlanMap.tsx'
import { PlanNumbers } from './PlanNumbers.tsx'
import css from './plan.module.css'
import { weekFrom } from './planBoard.ts'
import { WhatIfPart } from './WhatIfPart.tsx'

const views = ['board', 'map'] as const
const params = {
  plan: integerParam(0, 0),
  job: integerParam(0, 0),
  view: choiceParam(views, 'board'),
}

/** Who goes where, and what do we leave undone? */
export function PlanPage() {
  const { t } = useTranslation('inspections')
  const regionCode = useRegion()
  const [state, change] = useAddress(params)
  const plans = usePlans({ regionCode })
  useInspectionRefresh()
  const list = plans.data?.pages.flatMap((page) => page.items) ?? []
  const now = today()
  const current = list.find((plan) => plan.state !== 'withdrawn' && plan.from <= now && plan.to >= now)
  const id = state.plan || (current ?? list[0])?.id || 0
  return (
    <Page
      title={t('plan.title')}
      tools={
        <>
          {list.length > 0 && (
            <PlanChoice plans={list} id={id} onChange={(plan) => change({ plan, job: 0 })} />
          )}
          <MakePlan regionCode={regionCode} onMade={(plan, job) => change({ plan, job })} />
        </>
      }
    >
      {state.job > 0 && <JobProgress jobId={state.job} onDone={() => change({ job: 0 })} />}
      <Async
        query={plans}
        what={t('plan.title')}
        rows={10}
        isEmpty={() => list.length === 0 && id === 0}
        empty={<Empty title={t('plan.none')} hint={t('plan.noneHint')} />}
      >
        {() => <OnePlan id={id} view={state.view} onView={(view) => change({ view })} />}
      </Async>
    </Page>
  )
}

function PlanChoice(props: {
  plans: readonly {
    id: number
    number: string
    from: string
    to: string
    state: keyof typeof planStateTitles
  }[]
  id: number
  onChange: (id: number) => void
}) {
  const { t } = useTranslation('inspections')
  const official = useOfficial()
  return (
    <Select
      size="small"
      aria-label={t('plan.choose')}
      className={css.choice ?? ''}
      popupMatchSelectWidth={false}
      value={props.id}
      options={props.plans.map((plan) => ({
        value: plan.id,
        label: `${plan.from.slice(5)} – ${plan.to.slice(5)} · ${official(planStateTitles[plan.state])} · ${plan.number}`,
      }))}
      onChange={props.onChange}
    />
  )
}

/** A plan for the days that are left of this week, or of the next one. */
function MakePlan(props: { regionCode: number; onMade: (planId: number, jobId: number) => void }) {
  const { t } = useTranslation('inspections')
  const { may } = useSession()
  const make = useMakePlan()
  const now = today()
  const week = weekFrom(weekdayOf(now))
  const [from, setFrom] = useState(addDays(now, week.from))
  const [to, setTo] = useState(addDays(now, week.to))
  if (!may('inspection:plan')) return null
  return (
    <>
      <input
        type="date"
        aria-label={t('plan.from')}
        value={from}
        onChange={(event) => setFrom(event.target.value)}
      />
      <input
        type="date"
        aria-label={t('plan.to')}
        value={to}
        onChange={(event) => setTo(event.target.value)}
      />
      <Button
        type="primary"
        size="small"
        loading={make.isPending}
        disabled={from === '' || to < from}
        onClick={() =>
          make.mutate(
            { regionCode: props.regionCode, from, to },
            { onSuccess: ({ planId, jobId }) => props.onMade(planId, jobId) },
          )
        }
      >
        {t('plan.make')}
      </Button>
      {make.error !== null && <ErrorPanel error={make.error} what={t('plan.make')} />}
    </>
  )
}

function OnePlan(props: {
  id: number
  view: (typeof views)[number]
  onView: (view: 'board' | 'map') => void
}) {
  const { t } = useTranslation('inspections')
  const query = usePlan(props.id)
  return (
    <Async query={query} what={t('plan.title')} rows={10}>
      {(plan) =>
        plan.ready ? (
          <ReadyPlan plan={plan} view={props.view} onView={props.onView} />
        ) : plan.jobId === null ? (
          <Empty title={t('plan.notReady')} />
        ) : (
          <JobProgress jobId={plan.jobId} onDone={() => void query.refetch()} />
        )
      }
    </Async>
  )
}

interface ReadyProps {
  readonly plan: InspectionPlanDetail
  readonly view: 'board' | 'map'
  readonly onView: (view: 'board' | 'map') => void
}

function ReadyPlan({ plan, view, onView }: ReadyProps) {
  const { t } = useTranslation('inspections')
  const { may } = useSession()
  const [change, setChange] = useState<PlanChange>()
  const editable = plan.state === 'draft' && may('inspection:plan')
  return (
    <>
      <PlanNumbers plan={plan} />
      <div className={`${css.bar} no-print`}>
        <ViewSwitch
          label={t('plan.view')}
          views={views}
          view={view}
          name={(one) => t(`plan.views.${one}`)}
          onChange={onView}
        />
        <a href={urlOf(`/inspections/plans/${plan.id}/day-sheets.html`)} target="_blank" rel="noreferrer">
          {t('plan.daySheets')}
        </a>
        <a href={urlOf(`/inspections/plans/${plan.id}/day-sheets.csv`)}>{t('plan.daySheetsFile')}</a>
        {editable && <Publish plan={plan} />}
      </div>
      <Panel label={t(`plan.views.${view}`)}>
        {view === 'board' ? (
          <PlanBoard plan={plan} editable={editable} onChange={setChange} />
        ) : (
          <PlanMap plan={plan} />
        )}
      </Panel>
      <LeftOutPart plan={plan} editable={editable} onAdd={setChange} />
      {may('inspection:plan') && <WhatIfPart plan={plan} />}
      <PlanChanges plan={plan} />
      {change !== undefined && (
        <ChangeDialog plan={plan} change={change} onChange={setChange} onClose={() => setChange(undefined)} />
      )}
    </>
  )
}

function Publish({ plan }: { plan: InspectionPlanDetail }) {
  const { t } = useTranslation('inspections')
  const publish = usePublishPlan(plan.id)
  return (
    <>
      <Button
        size="small"
        type="primary"
        loading={publish.isPending}
        onClick={() => publish.mutate(plan.version)}
      >
        {t('plan.publish', { count: plan.visitCount })}
      </Button>
      {publish.error !== null && <ErrorPanel error={publish.error} what={t('plan.publishing')} />}
    </>
  )
}
