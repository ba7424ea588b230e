import type { Obligation } from '@shanshui/contract'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api } from '../../api/client.ts'
import { scoped } from '../../api/scoped.ts'
import { useCarriedSearch, useScope } from '../../app/layout/useScope.ts'
import { Panel } from '../../components/Page.tsx'
import { Async } from '../../components/states.tsx'
import { addDays, today } from '../../format/time.ts'
import css from './overview.module.css'

const AHEAD_DAYS = 14
const SHOWN = 6
/** Counted as far as this: the first page stays light. */
const MOST = 30

/** What is overdue, and what falls due within two weeks. */
export function DeadlinesPart() {
  const { t } = useTranslation('overview')
  const search = useCarriedSearch()
  const [{ region }] = useScope()
  const now = today()
  const query = useQuery({
    queryKey: ['deadlines', region, now],
    queryFn: async ({ signal }) => {
      const ask = (state: 'overdue' | 'due', range: object) =>
        api.get<{ items: Obligation[] }>(
          '/permit-obligations',
          { state, regionCode: scoped(region), limit: MOST, ...range },
          signal,
        )
      const [overdue, due] = await Promise.all([
        ask('overdue', {}),
        ask('due', { from: now, to: addDays(now, AHEAD_DAYS) }),
      ])
      return { overdue: overdue.items, due: due.items }
    },
  })
  return (
    <Panel
      title={t('deadlines')}
      tools={<Link to={{ pathname: '/sources/permits', search }}>{t('toPermits')}</Link>}
    >
      <Async query={query} what={t('deadlines')} rows={3}>
        {({ overdue, due }) => (
          <>
            <p className={overdue.length > 0 ? 'worse' : 'muted'}>
              {t('deadlineCount', {
                overdue: overdue.length < MOST ? overdue.length : `${MOST}+`,
                due: due.length < MOST ? due.length : `${MOST}+`,
                days: AHEAD_DAYS,
              })}
            </p>
            <ul className={css.lines}>
              {[...overdue, ...due].slice(0, SHOWN).map((one) => (
                <li key={one.id}>
                  <span className={one.state === 'overdue' ? 'worse' : 'muted'}>{one.dueOn}</span>
                  <span>{one.title}</span>
                  <span className="muted">{one.enterpriseName}</span>
                </li>
              ))}
            </ul>
          </>
        )}
      </Async>
    </Panel>
  )
}
