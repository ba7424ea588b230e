import type { AirYear } from '@shanshui/contract'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { integerParam, useAddress } from '../../../address/useAddress.ts'
import { useAirRefresh, useAirYear } from '../../../api/air.ts'
import { scopeDay, useScope } from '../../../app/layout/useScope.ts'
import { Page, Panel } from '../../../components/Page.tsx'
import { Async, Empty } from '../../../components/states.tsx'
import { today } from '../../../format/time.ts'
import { BasisLine, BasisSwitch } from '../basis/BasisSwitch.tsx'
import { useBasis } from '../basis/useBasis.ts'
import { useCity } from '../basis/useCity.ts'
import { BudgetPart } from './BudgetPart.tsx'
import { CalendarPart } from './CalendarPart.tsx'
import { ExcellentPart } from './ExcellentPart.tsx'
import { IndexPart } from './IndexPart.tsx'
import { ItemsPart } from './ItemsPart.tsx'
import { RankPart } from './RankPart.tsx'
import { YearStep } from './YearStep.tsx'
import css from './year.module.css'

/** How is the year going against last year and the target? */
export function YearPage() {
  const { t } = useTranslation('air')
  const [scope] = useScope()
  const thisYear = Number(scopeDay(scope).slice(0, 4))
  const params = useMemo(() => ({ year: integerParam(thisYear, 1990, 2100) }), [thisYear])
  const [{ year }, change] = useAddress(params)
  const [basis] = useBasis()
  const { id, query: cities } = useCity()
  const to = scope.date !== '' && year === thisYear ? scope.date : undefined
  const query = useAirYear(id, year, to, basis)
  useAirRefresh()
  const data = query.data
  return (
    <Page
      title={t('year.title', { city: data?.city.name ?? '', year })}
      note={data !== undefined && <PeriodNote data={data} />}
      tools={
        <>
          <YearStep
            year={year}
            last={Number(today().slice(0, 4))}
            onChange={(next) => change({ year: next }, { replace: false })}
          />
          <BasisSwitch basis={data?.basis} />
        </>
      }
    >
      {cities.data !== undefined && id === undefined ? (
        <Empty title={t('noCity')} hint={t('noCityHint')} />
      ) : (
        <Async
          query={id === undefined ? { ...query, error: cities.error, isPending: cities.isPending } : query}
          what={t('year.what', { year })}
          rows={14}
          isEmpty={hasNoData}
          empty={<Empty title={t('year.none', { year })} hint={t('year.noneHint')} />}
        >
          {(value) => <YearParts data={value} />}
        </Async>
      )}
    </Page>
  )
}

/** No station has measured anything: the page would be a sheet of dashes. */
function hasNoData(data: AirYear): boolean {
  return data.days.every((day) => !day.valid && Object.values(day.items).every((value) => value === null))
}

function PeriodNote({ data }: { data: AirYear }) {
  const { t } = useTranslation('air')
  return (
    <>
      {t(data.period.kind === 'year' ? 'year.whole' : 'year.toDate', { to: data.period.to })} ·{' '}
      <BasisLine basis={data.basis} />
    </>
  )
}

function YearParts({ data }: { data: AirYear }) {
  const { t } = useTranslation('air')
  return (
    <div className={css.grid}>
      <Panel className={css.calendar} label={t('calendar.title')}>
        <CalendarPart data={data} />
      </Panel>
      <Panel className={css.items} title={t('items.title')}>
        <ItemsPart data={data} />
      </Panel>
      <Panel className={css.excellent} title={t('excellent.title')}>
        <ExcellentPart data={data} />
      </Panel>
      <Panel className={css.index} title={t('index.title')}>
        <IndexPart index={data.index} items={data.items} />
      </Panel>
      <Panel className={css.rank} title={t('rank.title')}>
        <RankPart ranking={data.ranking} />
      </Panel>
      {data.budget.length > 0 && (
        <Panel className={css.budget} title={t('budget.title')}>
          <BudgetPart budget={data.budget} />
        </Panel>
      )}
    </div>
  )
}
