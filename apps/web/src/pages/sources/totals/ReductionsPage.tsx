import {
  type ReductionClaim,
  type ReductionProgress,
  type ReductionState,
  reductionStates,
} from '@shanshui/contract'
import { Button, Select } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { integerParam, textParam, useAddress } from '../../../address/useAddress.ts'
import { useReductionProgress, useReductions, useTotalRefresh } from '../../../api/totals.ts'
import { scopeDay, useScope } from '../../../app/layout/useScope.ts'
import { Page, Panel } from '../../../components/Page.tsx'
import { Async, Empty } from '../../../components/states.tsx'
import type { Column } from '../../../components/table/column.ts'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { pagedRows } from '../../../components/table/pagedRows.ts'
import { useSession } from '../../../session/session.tsx'
import { YearStep } from '../../air/year/YearStep.tsx'
import { percent, tonnes } from '../parts/amountColumns.ts'
import { Light } from './Light.tsx'
import { ProjectForm } from './ProjectForm.tsx'
import { ReductionDrawer } from './ReductionDrawer.tsx'
import { TargetForm } from './TargetForm.tsx'
import css from './totals.module.css'

/** Total-emission reduction: targets and what is finished, the projects behind it. */
export function ReductionsPage() {
  const { t } = useTranslation('totals')
  const [scope] = useScope()
  const thisYear = Number(scopeDay(scope).slice(0, 4))
  const params = useMemo(
    () => ({ year: integerParam(thisYear, 2010, 2100), state: textParam(''), claim: integerParam(0, 0) }),
    [thisYear],
  )
  const [{ year, state, claim }, change] = useAddress(params)
  useTotalRefresh()
  const progress = useReductionProgress(year, scope.region)
  const { may } = useSession()
  const [writing, setWriting] = useState<'target' | 'project'>()
  return (
    <Page
      title={t('reductions.title', { year })}
      note={t('reductions.note')}
      tools={
        <>
          <YearStep year={year} last={thisYear + 1} onChange={(next) => change({ year: next, claim: 0 })} />
          {may('total:write') && (
            <>
              <Button size="small" onClick={() => setWriting('target')}>
                {t('form.target', { year })}
              </Button>
              <Button size="small" type="primary" onClick={() => setWriting('project')}>
                {t('form.project', { year })}
              </Button>
            </>
          )}
        </>
      }
    >
      <Panel title={t('reductions.progress')}>
        <Async
          query={progress}
          what={t('reductions.progress')}
          isEmpty={(data) => data.items.length === 0}
          empty={<Empty title={t('reductions.noTargets', { year })} hint={t('reductions.noTargetsHint')} />}
        >
          {(data) => <ProgressTable items={data.items} />}
        </Async>
      </Panel>
      <Panel title={t('reductions.projects')}>
        <ClaimList
          year={year}
          regionCode={scope.region}
          state={reductionStates.find((one) => one === state)}
          selected={claim}
          onState={(next) => change({ state: next })}
          onOpen={(id) => change({ claim: id })}
        />
      </Panel>
      {writing === 'target' && <TargetForm year={year} onClose={() => setWriting(undefined)} />}
      {writing === 'project' && (
        <ProjectForm
          year={year}
          onClose={(made) => {
            setWriting(undefined)
            if (made !== undefined) change({ claim: made })
          }}
        />
      )}
      {claim > 0 && <ReductionDrawer id={claim} onClose={() => change({ claim: 0 })} />}
    </Page>
  )
}

function ProgressTable({ items }: { items: readonly ReductionProgress[] }) {
  const { t } = useTranslation('totals')
  const columns = useMemo<readonly Column<ReductionProgress>[]>(
    () => [
      { key: 'region', title: t('column.region'), value: (row) => row.regionName ?? String(row.regionCode) },
      { key: 'pollutant', title: t('column.pollutant'), value: (row) => row.pollutant },
      tonnes('target', t('reductions.target'), (row) => row.target, 1),
      tonnes('finished', t('reductions.finished'), (row) => row.finished),
      tonnes('remaining', t('reductions.remaining'), (row) => row.remaining),
      tonnes('verified', t('reductions.verified'), (row) => row.verified),
      tonnes('underway', t('reductions.underway'), (row) => row.underway),
      percent('percent', t('reductions.percent'), (row) => row.percent),
      percent('schedule', t('reductions.schedule'), (row) => row.schedulePercent),
      {
        key: 'light',
        title: t('reductions.light'),
        oneLine: true,
        value: (row) => t(`light.${row.light}`),
        render: (row) => <Light light={row.light} />,
      },
      {
        key: 'plan',
        title: t('reductions.plan'),
        value: (row) =>
          row.plan === null
            ? ''
            : t('reductions.planLine', {
                from: row.plan.from,
                to: row.plan.to,
                target: row.plan.target,
                finished: row.plan.finished,
                percent: row.plan.percent.toFixed(1),
              }),
      },
      { key: 'projects', title: t('reductions.count'), decimals: 0, value: (row) => row.projects },
      { key: 'source', title: t('column.source'), hidden: true, value: (row) => row.source },
    ],
    [t],
  )
  return (
    <DataTable
      id="pr"
      caption={t('reductions.progress')}
      columns={columns}
      rows={items}
      rowKey={(row) => `${row.regionCode} ${row.pollutant}`}
    />
  )
}

interface ListProps {
  readonly year: number
  readonly regionCode: number
  readonly state: ReductionState | undefined
  readonly selected: number
  readonly onState: (state: string) => void
  readonly onOpen: (id: number) => void
}

function ClaimList({ year, regionCode, state, selected, onState, onOpen }: ListProps) {
  const { t } = useTranslation('totals')
  const query = useReductions({ year, regionCode, state })
  const columns = useClaimColumns()
  const { rows, paging } = pagedRows(query)
  return (
    <>
      <div className={css.row}>
        <Select<ReductionState | ''>
          size="small"
          aria-label={t('column.state')}
          value={state ?? ''}
          style={{ width: 130 }}
          options={[
            { value: '', label: t('allStates') },
            ...reductionStates.map((value) => ({ value, label: t(`state.${value}`) })),
          ]}
          onChange={onState}
        />
      </div>
      <Async
        query={query}
        what={t('reductions.projects')}
        isEmpty={() => rows.length === 0}
        empty={<Empty title={t('reductions.empty', { year })} />}
      >
        {() => (
          <DataTable
            id="rd"
            caption={t('reductions.projects')}
            columns={columns}
            rows={rows}
            rowKey={(row) => row.id}
            paging={paging}
            onRow={(row) => onOpen(row.id)}
            selectedKey={selected}
          />
        )}
      </Async>
    </>
  )
}

function useClaimColumns(): readonly Column<ReductionClaim>[] {
  const { t } = useTranslation('totals')
  return useMemo(
    () => [
      { key: 'name', title: t('column.project'), value: (row) => row.name },
      { key: 'code', title: t('column.code'), oneLine: true, value: (row) => row.code },
      { key: 'subject', title: t('column.subject'), value: (row) => row.subjectName },
      { key: 'region', title: t('column.region'), choices: true, value: (row) => row.regionName },
      { key: 'type', title: t('column.type'), choices: true, value: (row) => t(`type.${row.type}`) },
      { key: 'pollutant', title: t('column.pollutant'), choices: true, value: (row) => row.pollutant },
      tonnes('claimed', t('reductions.claimed'), (row) => row.claimed),
      tonnes('verified', t('reductions.verifiedBy'), (row) => row.verified),
      tonnes('recognised', t('reductions.recognised'), (row) => row.recognised),
      {
        ...tonnes('moved', t('reductions.moved'), (row) => row.moved),
        hidden: true,
      },
      {
        key: 'state',
        title: t('column.state'),
        oneLine: true,
        value: (row) => t(`state.${row.state}`),
        render: (row) => (
          <b className={row.state === 'recognised' ? 'better' : row.state === 'rejected' ? 'worse' : ''}>
            {t(`state.${row.state}`)}
          </b>
        ),
      },
    ],
    [t],
  )
}
