import type { CompletenessList } from '@shanshui/contract'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api } from '../../api/client.ts'
import { useCarriedSearch } from '../../app/layout/useScope.ts'
import { Panel } from '../../components/Page.tsx'
import { ScrollRegion } from '../../components/ScrollRegion.tsx'
import { Async } from '../../components/states.tsx'
import { addDays, today } from '../../format/time.ts'
import { useSession } from '../../session/session.tsx'
import css from './overview.module.css'

/** What is missing or waits to be recomputed. */
export function StalePart({ stale }: { stale: number }) {
  const { t } = useTranslation('overview')
  const { may } = useSession()
  return (
    <Panel title={t('stale')}>
      <p>{stale === 0 ? t('noStale') : t('staleCount', { count: stale })}</p>
      {may('series:read') && <Missing />}
    </Panel>
  )
}

function Missing() {
  const { t } = useTranslation('overview')
  const search = useCarriedSearch()
  const from = addDays(today(), -1)
  const to = today()
  const query = useQuery({
    queryKey: ['completeness', from, to],
    queryFn: ({ signal }) => api.get<CompletenessList>('/completeness', { from, to }, signal),
  })
  return (
    <Async query={query} what={t('missing')} rows={2}>
      {(data) => {
        const gaps = data.items.filter((item) => item.reported < item.expected)
        if (gaps.length === 0) return <p className="muted">{t('noMissing', { from, to })}</p>
        return (
          <ScrollRegion label={t('missing')} className={css.scroll}>
            <ul className={css.lines}>
              {gaps.map((gap) => (
                <li key={`${gap.pointId} ${gap.date}`}>
                  <Link to={{ pathname: `/air/stations/${gap.pointId}`, search }}>{gap.name}</Link>
                  <span className="muted">{gap.date}</span>
                  <span>
                    {t('missingHours', { count: gap.expected - gap.reported, expected: gap.expected })}
                  </span>
                </li>
              ))}
            </ul>
          </ScrollRegion>
        )
      }}
    </Async>
  )
}
