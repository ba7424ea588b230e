import type { LeadPlant } from '@shanshui/contract'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api } from '../../api/client.ts'
import { useLeadRefresh } from '../../api/leads.ts'
import { scoped } from '../../api/scoped.ts'
import { useExceedingNow } from '../../api/sources.ts'
import { useCarriedSearch, useScope } from '../../app/layout/useScope.ts'
import { Panel } from '../../components/Page.tsx'
import { Async } from '../../components/states.tsx'
import { shortTime } from '../../format/time.ts'
import { LevelMark } from '../leads/triage/LeadMarks.tsx'
import css from './overview.module.css'

const SHOWN = 5

/** The plants to act on first, each with its most urgent lead. */
export function LeadsPart() {
  const { t } = useTranslation('overview')
  const search = useCarriedSearch()
  const [{ region }] = useScope()
  useLeadRefresh()
  const query = useQuery({
    queryKey: ['leads', 'overview', region],
    queryFn: ({ signal }) =>
      api.get<{ items: LeadPlant[] }>('/leads/plants', { regionCode: scoped(region), limit: SHOWN }, signal),
  })
  return (
    <Panel title={t('leads')} tools={<Link to={{ pathname: '/leads', search }}>{t('toLeads')}</Link>}>
      <Async
        query={query}
        what={t('leads')}
        rows={3}
        isEmpty={({ items }) => items.length === 0}
        empty={<p className="muted">{t('noLeads')}</p>}
      >
        {({ items }) => (
          <ul className={css.lines}>
            {items.map((plant) => (
              <PlantLine key={plant.enterprise?.id ?? `f${plant.leads[0]?.feature.id}`} plant={plant} />
            ))}
          </ul>
        )}
      </Async>
    </Panel>
  )
}

function PlantLine({ plant }: { plant: LeadPlant }) {
  const { t } = useTranslation('overview')
  const [lead] = plant.leads
  if (lead === undefined) return null
  return (
    <li>
      <LevelMark level={plant.level} />
      <Link to={{ pathname: '/leads', search: `lead=${lead.id}` }}>
        {plant.enterprise?.name ?? lead.feature.name}
      </Link>
      <span className="muted">
        {plant.count > 1 ? t('leadAndMore', { title: lead.rule.title, count: plant.count }) : lead.rule.title}
      </span>
      {lead.overdue && <span className="worse">{t('leadOverdue')}</span>}
    </li>
  )
}

/** Outlets that exceed their limit in this hour. */
export function ExceedingPart() {
  const { t } = useTranslation('overview')
  const search = useCarriedSearch()
  const query = useExceedingNow()
  return (
    <Panel
      title={t('exceeding')}
      tools={<Link to={{ pathname: '/sources/online', search }}>{t('toOnline')}</Link>}
    >
      <Async
        query={query}
        what={t('exceeding')}
        rows={3}
        isEmpty={({ items }) => items.length === 0}
        empty={<p className="muted">{t('noExceeding')}</p>}
      >
        {({ asOf, items }) => (
          <>
            <p className="muted">{t('exceedingCount', { count: items.length, time: shortTime(asOf) })}</p>
            <ul className={css.lines}>
              {items.slice(0, SHOWN).map((one) => (
                <li key={`${one.outletId} ${one.factor}`}>
                  <Link to={{ pathname: `/sources/outlets/${one.outletId}`, search }}>{one.outletName}</Link>
                  <span className="muted">{one.enterprise.name}</span>
                  <span className="worse">
                    {t('exceedingBy', {
                      factor: one.factorName,
                      multiple: one.multiple.toFixed(2),
                      hours: one.hours,
                    })}
                  </span>
                </li>
              ))}
            </ul>
          </>
        )}
      </Async>
    </Panel>
  )
}
