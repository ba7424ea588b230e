import {
  type TrainingKind,
  type TrainingTheme,
  trainingKindNames,
  trainingKinds,
  trainingThemeNames,
  trainingThemes,
} from '@shanshui/contract'
import { Button } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { integerParam, textParam, useAddress } from '../../../address/useAddress.ts'
import { useTrainingRefresh, useTrainingSummary, useTrainings } from '../../../api/bureau.ts'
import { urlOf } from '../../../api/client.ts'
import { scopeDay, useScope } from '../../../app/layout/useScope.ts'
import { Page, Panel } from '../../../components/Page.tsx'
import { Async, Empty } from '../../../components/states.tsx'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { pagedRows } from '../../../components/table/pagedRows.ts'
import { useSession } from '../../../session/session.tsx'
import { YearStep } from '../../air/year/YearStep.tsx'
import css from '../work.module.css'
import { FilterSelect } from './FilterSelect.tsx'
import { SummaryPart } from './SummaryPart.tsx'
import { TrainingDrawer } from './TrainingDrawer.tsx'
import { TrainingForm } from './TrainingForm.tsx'
import { useTrainingColumns } from './useTrainingColumns.ts'

/** Training and drills of a year: who was taught what, how often, and what the drills left open. */
export function TrainingPage() {
  const { t } = useTranslation('bureau')
  const [scope] = useScope()
  const thisYear = Number(scopeDay(scope).slice(0, 4))
  const params = useMemo(
    () => ({
      year: integerParam(thisYear, 1990, 2100),
      kind: textParam(''),
      theme: textParam(''),
      event: integerParam(0, 0),
    }),
    [thisYear],
  )
  const [{ year, kind, theme, event }, change] = useAddress(params)
  useTrainingRefresh()
  const summary = useTrainingSummary(`${year}-01-01`, `${year}-12-31`, scope.region)
  const { may } = useSession()
  const [registering, setRegistering] = useState(false)
  return (
    <Page
      title={t('training.title', { year })}
      note={t('training.note')}
      tools={
        <>
          <YearStep year={year} last={thisYear} onChange={(next) => change({ year: next, event: 0 })} />
          {may('training:write') && (
            <Button size="small" type="primary" onClick={() => setRegistering(true)}>
              {t('training.register')}
            </Button>
          )}
        </>
      }
    >
      <Async query={summary} what={t('training.summary')} rows={3}>
        {(data) => <SummaryPart summary={data} />}
      </Async>
      <Panel
        title={t('training.list')}
        tools={
          <span className="no-print">
            <a href={urlOf('/trainings/export/xlsx', { year })} download>
              {t('training.export', { format: 'XLSX' })}
            </a>{' '}
            <a href={urlOf('/trainings/export/csv', { year })} download>
              {t('training.export', { format: 'CSV' })}
            </a>
          </span>
        }
      >
        <TrainingList
          year={year}
          regionCode={scope.region}
          kind={trainingKindNames.find((one) => one === kind)}
          theme={trainingThemeNames.find((one) => one === theme)}
          selected={event}
          onChange={change}
        />
      </Panel>
      {registering && (
        <TrainingForm
          onClose={(made) => {
            setRegistering(false)
            if (made !== undefined) change({ event: made })
          }}
        />
      )}
      {event > 0 && <TrainingDrawer key={event} id={event} onClose={() => change({ event: 0 })} />}
    </Page>
  )
}

interface ListProps {
  readonly year: number
  readonly regionCode: number
  readonly kind: TrainingKind | undefined
  readonly theme: TrainingTheme | undefined
  readonly selected: number
  readonly onChange: (patch: { kind?: string; theme?: string; event?: number }) => void
}

function TrainingList({ selected, onChange, ...filter }: ListProps) {
  const { t } = useTranslation('bureau')
  const query = useTrainings(filter)
  const columns = useTrainingColumns()
  const { rows, paging } = pagedRows(query)
  return (
    <>
      <div className={`${css.row} no-print`}>
        <FilterSelect
          label={t('column.kind')}
          all={t('training.allKinds')}
          words={trainingKinds}
          value={filter.kind}
          onChange={(kind) => onChange({ kind })}
        />
        <FilterSelect
          label={t('column.theme')}
          all={t('training.allThemes')}
          words={trainingThemes}
          value={filter.theme}
          onChange={(theme) => onChange({ theme })}
        />
      </div>
      <Async
        query={query}
        what={t('training.list')}
        isEmpty={() => rows.length === 0}
        empty={<Empty title={t('training.empty', { year: filter.year })} hint={t('training.emptyHint')} />}
      >
        {() => (
          <DataTable
            id="tr"
            caption={t('training.list')}
            columns={columns}
            rows={rows}
            rowKey={(row) => row.id}
            paging={paging}
            onRow={(row) => onChange({ event: row.id })}
            selectedKey={selected}
          />
        )}
      </Async>
    </>
  )
}
