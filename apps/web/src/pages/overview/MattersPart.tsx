import type { MatterDeadline } from '@shanshui/contract'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useMatterRefresh, useMatterSummary, useMattersDue } from '../../api/matters.ts'
import { useCarriedSearch, useScope } from '../../app/layout/useScope.ts'
import { Panel } from '../../components/Page.tsx'
import { Async } from '../../components/states.tsx'
import { DueMark } from '../matters/parts/MatterMarks.tsx'
import css from './overview.module.css'

const AHEAD_DAYS = 7
const SHOWN = 5
/** Read so far: what is overdue comes first, and what is ahead has to be reached. */
const READ = 200

/** Matters that are overdue, the longest first, and those whose limit is near. */
export function MattersPart() {
  const { t } = useTranslation('overview')
  const search = useCarriedSearch()
  const [{ region }] = useScope()
  useMatterRefresh()
  const summary = useMatterSummary({ workflow: '', regionCode: region })
  const query = useMattersDue(region, AHEAD_DAYS, READ)
  return (
    <Panel
      title={t('matters')}
      tools={<Link to={{ pathname: '/matters/all', search }}>{t('toMatters')}</Link>}
    >
      <Async query={query} what={t('matters')} rows={4}>
        {({ items }) => {
          const overdue = items.filter(({ due }) => due.overdue)
          const ahead = items.filter(({ due }) => !due.overdue)
          return (
            <>
              {summary.data !== undefined && (
                <p className={summary.data.overdue > 0 ? 'worse' : 'muted'}>
                  {t('matterCount', {
                    overdue: summary.data.overdue,
                    due: summary.data.dueWithin7Days,
                    open: summary.data.open,
                  })}
                </p>
              )}
              <Lines title={t('mattersOverdue')} items={overdue} none={t('noMattersOverdue')} />
              <Lines
                title={t('mattersAhead', { days: AHEAD_DAYS })}
                items={ahead}
                none={t('noMattersAhead')}
              />
            </>
          )
        }}
      </Async>
    </Panel>
  )
}

interface LinesProps {
  readonly title: string
  readonly items: readonly MatterDeadline[]
  readonly none: string
}

function Lines({ title, items, none }: LinesProps) {
  const search = useCarriedSearch()
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      {items.length === 0 && <p className="muted">{none}</p>}
      <ul className={css.lines}>
        {items.slice(0, SHOWN).map(({ matter, due }) => (
          <li key={`${matter.id} ${due.clock}`}>
            <Link to={{ pathname: `/matters/${matter.id}`, search }}>{matter.title}</Link>
            <DueMark due={due} withTitle />
            {matter.handler !== null && <span className="muted">{matter.handler.name}</span>}
          </li>
        ))}
      </ul>
    </section>
  )
}
