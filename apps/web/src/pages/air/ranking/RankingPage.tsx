import type { AirRanking } from '@shanshui/contract'
import { Select } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { textParam, useAddress } from '../../../address/useAddress.ts'
import { useAirRanking, useAirRefresh } from '../../../api/air.ts'
import { scopeDay, useScope } from '../../../app/layout/useScope.ts'
import { Page, Panel } from '../../../components/Page.tsx'
import { Async } from '../../../components/states.tsx'
import { formatNumber } from '../../../format/number.ts'
import { today } from '../../../format/time.ts'
import { BasisSwitch } from '../basis/BasisSwitch.tsx'
import { useBasis } from '../basis/useBasis.ts'
import { useCity } from '../basis/useCity.ts'
import { RankPart } from '../year/RankPart.tsx'
import { YearStep } from '../year/YearStep.tsx'
import { RankingChart } from './RankingChart.tsx'
import { RankingTable } from './RankingTable.tsx'
import css from './ranking.module.css'

/** Where do we stand among the cities of the province, and how far are the neighbours? */
export function RankingPage() {
  const { t } = useTranslation('air')
  const [scope] = useScope()
  const thisYear = scopeDay(scope).slice(0, 4)
  const params = useMemo(() => ({ period: textParam(thisYear) }), [thisYear])
  const [{ period: wanted }, change] = useAddress(params)
  const period = /^\d{4}(-\d{2})?$/.test(wanted) ? wanted : thisYear
  const [basis] = useBasis()
  const { id, city } = useCity()
  const query = useAirRanking(id, period, basis)
  useAirRefresh()
  const year = Number(period.slice(0, 4))
  const setPeriod = (next: string): void => change({ period: next }, { replace: false })
  return (
    <Page
      title={t('ranking.title', { city: city?.name ?? '', period })}
      note={query.data !== undefined && `${query.data.period.from} — ${query.data.period.to}`}
      tools={
        <>
          <YearStep
            year={year}
            last={Number(today().slice(0, 4))}
            onChange={(next) => setPeriod(`${next}${period.slice(4)}`)}
          />
          <Select
            size="small"
            aria-label={t('ranking.period')}
            value={period.slice(5)}
            style={{ minWidth: 90 }}
            options={[
              { value: '', label: t('ranking.wholeYear') },
              ...Array.from({ length: 12 }, (_, i) => ({
                value: String(i + 1).padStart(2, '0'),
                label: t('calendar.month', { month: i + 1 }),
              })),
            ]}
            onChange={(month) => setPeriod(month === '' ? String(year) : `${year}-${month}`)}
          />
          <BasisSwitch stations={false} />
        </>
      }
    >
      <Async
        query={query}
        what={t('ranking.what', { period })}
        rows={12}
        isEmpty={(data) => data.entries.length === 0}
      >
        {(data) => <Ranking data={data} />}
      </Async>
    </Page>
  )
}

function Ranking({ data }: { data: AirRanking }) {
  const { t } = useTranslation('air')
  const interval = data.indexLow !== null && data.indexHigh !== null && data.indexLow !== data.indexHigh
  return (
    <div className={css.grid}>
      <Panel className={css.head} title={t('rank.title')}>
        <RankPart ranking={data} link={false} />
        {interval && (
          <p>
            {t('ranking.indexInterval', {
              low: formatNumber(data.indexLow, 2),
              high: formatNumber(data.indexHigh, 2),
            })}
          </p>
        )}
      </Panel>
      <Panel className={css.chart}>
        <RankingChart data={data} />
      </Panel>
      <Panel className={css.table}>
        <RankingTable data={data} />
      </Panel>
    </div>
  )
}
