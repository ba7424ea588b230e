import type { AirPercentiles } from '@shanshui/contract'
import { airItemInfo } from '@shanshui/standards'
import { Segmented } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { integerParam, textParam, useAddress } from '../../../address/useAddress.ts'
import { useAirPercentiles, useAirRefresh, useAirYear } from '../../../api/air.ts'
import { scopeDay, useScope } from '../../../app/layout/useScope.ts'
import { FigureValue } from '../../../components/figure/FigureValue.tsx'
import { Page, Panel } from '../../../components/Page.tsx'
import { ScrollRegion } from '../../../components/ScrollRegion.tsx'
import { Async } from '../../../components/states.tsx'
import { today } from '../../../format/time.ts'
import { BasisLine, BasisSwitch } from '../basis/BasisSwitch.tsx'
import { useBasis } from '../basis/useBasis.ts'
import { useCity } from '../basis/useCity.ts'
import { YearStep } from '../year/YearStep.tsx'
import year from '../year/year.module.css'
import { BudgetTable } from './BudgetTable.tsx'
import { PercentileChart } from './PercentileChart.tsx'

type ItemCurve = AirPercentiles['items'][number]

/** How are the days distributed, which percentile is judged, and how much is left until the target breaks? */
export function PercentilesPage() {
  const { t } = useTranslation('air')
  const [scope] = useScope()
  const thisYear = Number(scopeDay(scope).slice(0, 4))
  const params = useMemo(
    () => ({ year: integerParam(thisYear, 1990, 2100), item: textParam('o3') }),
    [thisYear],
  )
  const [state, change] = useAddress(params)
  const [basis] = useBasis()
  const { id } = useCity()
  const to = scope.date !== '' && state.year === thisYear ? scope.date : undefined
  const query = useAirPercentiles(id, state.year, to, basis)
  const yearQuery = useAirYear(id, state.year, to, basis)
  useAirRefresh()
  return (
    <Page
      title={t('percentiles.title', { city: query.data?.city.name ?? '', year: state.year })}
      note={query.data !== undefined && <BasisLine basis={query.data.basis} />}
      tools={
        <>
          <YearStep
            year={state.year}
            last={Number(today().slice(0, 4))}
            onChange={(next) => change({ year: next }, { replace: false })}
          />
          <BasisSwitch basis={query.data?.basis} />
        </>
      }
    >
      <Panel title={t('budget.title')}>
        <Async query={yearQuery} what={t('budget.title')} rows={3}>
          {(data) => <BudgetTable data={data} />}
        </Async>
      </Panel>
      <Async query={query} what={t('percentiles.what')} rows={10} isEmpty={(data) => data.items.length === 0}>
        {(data) => <Percentiles data={data} wanted={state.item} onItem={(item) => change({ item })} />}
      </Async>
    </Page>
  )
}

function Percentiles(props: { data: AirPercentiles; wanted: string; onItem: (item: string) => void }) {
  const { t } = useTranslation('air')
  const { data } = props
  const current = data.items.find((entry) => entry.item === props.wanted) ?? data.items[0]
  return (
    <>
      <Panel title={t('percentiles.evaluated')}>
        <EvaluatedTable items={data.items} />
      </Panel>
      {current !== undefined && (
        <Panel>
          <PercentileChart
            data={data}
            curve={current}
            tools={
              <Segmented
                size="small"
                aria-label={t('items.item')}
                value={current.item}
                options={data.items.map((entry) => ({
                  value: entry.item,
                  label: airItemInfo[entry.item].zh,
                }))}
                onChange={props.onItem}
              />
            }
          />
        </Panel>
      )}
    </>
  )
}

function EvaluatedTable({ items }: { items: readonly ItemCurve[] }) {
  const { t } = useTranslation('air')
  const rows = items.flatMap((item) => item.evaluated.map((entry) => ({ item, entry })))
  return (
    <ScrollRegion className={year.scroll} label={t('percentiles.evaluated')}>
      <table className={year.table}>
        <thead>
          <tr>
            <th scope="col">{t('items.item')}</th>
            <th scope="col" className="number">
              {t('percentiles.percentile')}
            </th>
            <th scope="col" className="number">
              {t('percentiles.value')}
            </th>
            <th scope="col" className="number">
              {t('items.limit')}
            </th>
            <th scope="col">{t('items.meets')}</th>
            <th scope="col" className="number">
              {t('percentiles.validDays')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ item, entry }) => (
            <tr key={`${item.item} ${entry.p}`}>
              <th scope="row">
                {airItemInfo[item.item].zh} <span className={year.unit}>{item.unit}</span>
              </th>
              <td className="number">P{entry.p}</td>
              <td className="number">
                <FigureValue figure={entry.value} />
              </td>
              <td className="number">{entry.limit ?? '–'}</td>
              <td>
                <Judgement value={entry.value.value} text={entry.value.text} limit={entry.limit} />
              </td>
              <td className="number">{item.validDays}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

/** The printed (rounded) value is compared, as HJ 663 does. */
function Judgement({ value, text, limit }: { value: number | null; text: string; limit: number | null }) {
  const { t } = useTranslation('air')
  if (value === null || limit === null) return <span className="muted">–</span>
  return Number(text) <= limit ? (
    <span>{t('items.yes')}</span>
  ) : (
    <strong className="worse">{t('items.no')}</strong>
  )
}
