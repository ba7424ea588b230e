import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useUnattended } from '../../../api/problems.ts'
import { useCarriedSearch } from '../../../app/layout/useScope.ts'
import { Panel } from '../../../components/Page.tsx'
import { Async } from '../../../components/states.tsx'
import { useSession } from '../../../session/session.tsx'
import css from './problems.module.css'

const SHOWN = 5

/** What was found and nobody works on: nothing may be lost. */
export function UnattendedPart({ onFilter }: { onFilter: () => void }) {
  const { t } = useTranslation('problems')
  const { may } = useSession()
  const search = useCarriedSearch()
  const query = useUnattended()
  return (
    <Panel title={t('unattended.title')}>
      <Async query={query} what={t('unattended.title')} rows={2}>
        {({ problemCount, leads, leadCount }) => (
          <>
            <p className={problemCount + leadCount > 0 ? 'worse' : 'better'}>
              {problemCount + leadCount === 0
                ? t('unattended.none')
                : t('unattended.count', { problems: problemCount, leads: leadCount })}{' '}
              {problemCount > 0 && (
                <Button size="small" className="no-print" onClick={onFilter}>
                  {t('unattended.show')}
                </Button>
              )}
            </p>
            {leads.length > 0 && may('lead:read') && (
              <ul className={css.lines}>
                {leads.slice(0, SHOWN).map((lead) => (
                  <li key={lead.id}>
                    <Link to={{ pathname: '/leads', search: withLead(search, lead.id) }}>
                      {lead.featureName} {lead.ruleTitle}
                    </Link>
                    <span className="muted">{t('unattended.lead')}</span>
                  </li>
                ))}
              </ul>
            )}
          </>
        )}
      </Async>
    </Panel>
  )
}

function withLead(search: string, id: number): string {
  const next = new URLSearchParams(search)
  next.set('lead', String(id))
  next.set('state', 'all')
  return next.toString()
}
