import type { AirOverview } from '@shanshui/contract'
import { useTranslation } from 'react-i18next'
import { useAirOverview, useAirRefresh } from '../../api/air.ts'
import { useScope } from '../../app/layout/useScope.ts'
import { Page } from '../../components/Page.tsx'
import { Async, Empty } from '../../components/states.tsx'
import { shortTime } from '../../format/time.ts'
import { useSession } from '../../session/session.tsx'
import { BasisLine, BasisSwitch } from '../air/basis/BasisSwitch.tsx'
import { useBasis } from '../air/basis/useBasis.ts'
import { useCity } from '../air/basis/useCity.ts'
import { DeadlinesPart } from './DeadlinesPart.tsx'
import { ExceedingPart, LeadsPart } from './LeadsPart.tsx'
import { MattersPart } from './MattersPart.tsx'
import { OverviewMap } from './OverviewMap.tsx'
import css from './overview.module.css'
import { StalePart } from './StalePart.tsx'
import { TargetCards } from './TargetCards.tsx'
import { TodayPart } from './TodayPart.tsx'
import { YearLine } from './YearLine.tsx'

/** Are we on target, what is wrong today, what is overdue? */
export function OverviewPage() {
  const { t } = useTranslation('overview')
  const [basis] = useBasis()
  const [scope] = useScope()
  const { id, query: cities, regionChosen } = useCity()
  const query = useAirOverview(regionChosen ? id : undefined, basis)
  useAirRefresh()
  const data = query.data
  return (
    <Page
      title={data?.city.name ?? t('title')}
      note={
        data !== undefined && (
          <>
            {t('asOf', { time: shortTime(data.asOf) })} · <BasisLine basis={data.basis} />
            {scope.date !== '' && <strong> {t('alwaysNow')}</strong>}
          </>
        )
      }
      tools={<BasisSwitch basis={data?.basis} stations={false} />}
    >
      {cities.data !== undefined && id === undefined ? (
        <Empty title={t('air:noCity')} hint={t('air:noCityHint')} />
      ) : (
        <Async query={query} what={t('title')} rows={14}>
          {(value) => <Overview data={value} />}
        </Async>
      )}
    </Page>
  )
}

function Overview({ data }: { data: AirOverview }) {
  const { may } = useSession()
  return (
    <>
      <TargetCards targets={data.targets} />
      <YearLine data={data} />
      <div className={css.below}>
        <div className={css.lists}>
          <OverviewMap rows={data.today.stations} />
          <TodayPart today={data.today} />
        </div>
        <div className={css.lists}>
          {may('lead:read') && <LeadsPart />}
          {may('matter:read') && <MattersPart />}
          {may('source:read') && <ExceedingPart />}
          {may('permit:read') && <DeadlinesPart />}
          <StalePart stale={data.staleFigures} />
        </div>
      </div>
    </>
  )
}
