import type { AirMonths } from '@shanshui/contract'
import { airItemInfo } from '@shanshui/standards'
import { Segmented } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { choiceParam, integerParam, useAddress } from '../../../address/useAddress.ts'
import { useAirMonths, useAirRefresh } from '../../../api/air.ts'
import { scopeDay, useScope } from '../../../app/layout/useScope.ts'
import { Page, Panel } from '../../../components/Page.tsx'
import { Async } from '../../../components/states.tsx'
import { today } from '../../../format/time.ts'
import { BasisLine, BasisSwitch } from '../basis/BasisSwitch.tsx'
import { useBasis } from '../basis/useBasis.ts'
import { useCity } from '../basis/useCity.ts'
import { YearStep } from '../year/YearStep.tsx'
import { MonthChart } from './MonthChart.tsx'
import { MonthTable } from './MonthTable.tsx'
import { isItem, type Metric, metrics } from './metric.ts'

/** Which months are better or worse than a year ago, and in what? */
export function MonthsPage() {
  const { t } = useTranslation('air')
  const [scope] = useScope()
  const thisYear = Number(scopeDay(scope).slice(0, 4))
  const params = useMemo(
    () => ({ year: integerParam(thisYear, 1990, 2100), metric: choiceParam<Metric>(metrics, 'pm25') }),
    [thisYear],
  )
  const [{ year, metric }, change] = useAddress(params)
  const [basis] = useBasis()
  const { id } = useCity()
  const query = useAirMonths(id, year, basis)
  useAirRefresh()
  return (
    <Page
      title={t('months.title', { city: query.data?.city.name ?? '', year })}
      note={query.data !== undefined && <BasisLine basis={query.data.basis} />}
      tools={
        <>
          <YearStep
            year={year}
            last={Number(today().slice(0, 4))}
            onChange={(next) => change({ year: next }, { replace: false })}
          />
          <BasisSwitch basis={query.data?.basis} />
        </>
      }
    >
      <Async
        query={query}
        what={t('months.what', { year })}
        rows={12}
        isEmpty={(data) => data.months.length === 0}
      >
        {(data) => <Months data={data} metric={metric} onMetric={(next) => change({ metric: next })} />}
      </Async>
    </Page>
  )
}

function Months({
  data,
  metric,
  onMetric,
}: {
  data: AirMonths
  metric: Metric
  onMetric: (metric: Metric) => void
}) {
  const { t } = useTranslation('air')
  const name = (value: Metric): string => (isItem(value) ? airItemInfo[value].zh : t(`months.${value}`))
  return (
    <>
      <Panel>
        <MonthChart
          data={data}
          metric={metric}
          tools={
            <Segmented<Metric>
              size="small"
              aria-label={t('months.metric')}
              value={metric}
              options={metrics.map((value) => ({ value, label: name(value) }))}
              onChange={onMetric}
            />
          }
        />
      </Panel>
      <Panel title={t('months.all')}>
        <MonthTable data={data} />
      </Panel>
    </>
  )
}
