import type { LeadDetail } from '@shanshui/contract'
import { leadLevelTitles } from '@shanshui/contract'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useLead } from '../../../api/leads.ts'
import { useCarriedSearch } from '../../../app/layout/useScope.ts'
import { Async } from '../../../components/states.tsx'
import { Unverified } from '../../../components/Unverified.tsx'
import { shortTime } from '../../../format/time.ts'
import { outletName } from '../../sources/parts/names.ts'
import { CaseChart } from './CaseChart.tsx'
import { CaseDecision } from './CaseDecision.tsx'
import { CaseFrames } from './CaseFrames.tsx'
import { CaseHistory } from './CaseHistory.tsx'
import { CaseSimilar } from './CaseSimilar.tsx'
import { LevelMark, StateMark } from './LeadMarks.tsx'
import css from './triage.module.css'
import type { Decision } from './useDecision.ts'

/** The case: why it is here, what it looks like, what would speak against it, what else is known, what to do. */
export function LeadCase({ id, decision }: { id: number; decision: Decision }) {
  const { t } = useTranslation('leads')
  const query = useLead(id)
  return (
    <Async query={query} what={t('case')} rows={14}>
      {(detail) => (
        <div className={css.case}>
          <CaseHead detail={detail} />
          <CaseDecision detail={detail} decision={decision} />
          <Why detail={detail} />
          <CaseChart id={id} title={detail.lead.feature.name} />
          <CaseFrames id={id} />
          <CaseSimilar id={id} />
          <CaseHistory detail={detail} />
        </div>
      )}
    </Async>
  )
}

function CaseHead({ detail }: { detail: LeadDetail }) {
  const { t, i18n } = useTranslation('leads')
  const search = useCarriedSearch()
  const { lead, operator } = detail
  const due = leadLevelTitles[lead.level]
  return (
    <header className={css.caseHead}>
      <h2>
        <LevelMark level={lead.level} /> {lead.rule.title} <StateMark state={lead.state} />
      </h2>
      <p>
        {lead.enterprise !== null && (
          <Link to={{ pathname: `/sources/enterprises/${lead.enterprise.id}`, search }}>
            {lead.enterprise.name}
          </Link>
        )}
        {lead.enterprise !== null && lead.feature.kind === 'outlet' && ' · '}
        {lead.feature.kind === 'outlet' && (
          <Link to={{ pathname: `/sources/outlets/${lead.feature.id}`, search }}>
            {outletName(lead.feature.name, lead.enterprise?.name ?? '')}
          </Link>
        )}
        {lead.factorName !== null && ` · ${lead.factorName}`}
        {lead.regionName !== null && ` · ${lead.regionName}`}
        {operator !== null && ` · ${t('operator', { operator })}`}
      </p>
      <p className="muted">
        {t('window', { from: shortTime(lead.from), to: lead.to === null ? t('now') : shortTime(lead.to) })}
        {lead.occurrences > 1 && ` · ${t('occurrences', { count: lead.occurrences })}`}
        {lead.dueAt !== null && (
          <span className={lead.overdue ? css.overdue : undefined}>
            {' · '}
            {t('due', { time: shortTime(lead.dueAt) })}
            {lead.overdue ? ` ${t('overdue')}` : ''}
          </span>
        )}
        {i18n.language !== 'en' && ` · ${due.due}`}
      </p>
    </header>
  )
}

/** The statistic against the threshold, in words; the rule's own source; the patterns that add up to the score. */
function Why({ detail }: { detail: LeadDetail }) {
  const { t } = useTranslation('leads')
  const { lead, combined } = detail
  return (
    <section className={css.why} aria-label={t('why')}>
      <p className={css.explanation}>{lead.explanation}</p>
      <dl>
        <dt>{lead.statistic.name}</dt>
        <dd>
          <strong>{Number(lead.statistic.value.toPrecision(5))}</strong> {lead.statistic.unit ?? ''}
          <span className="muted"> {t('n', { n: lead.n })}</span>
        </dd>
        <dt>{t('threshold')}</dt>
        <dd>{lead.threshold}</dd>
        <dt>{t('refutation')}</dt>
        <dd>{lead.refutation}</dd>
        <dt>{t('rule')}</dt>
        <dd>
          {lead.rule.id} {lead.rule.title}，{lead.rule.clause}{' '}
          {lead.rule.status !== 'primary' && <Unverified source={lead.rule.clause} />}
        </dd>
        <dt>{t('score')}</dt>
        <dd>
          <strong>{lead.score.toFixed(2)}</strong>
          {combined.length > 1 && (
            <span className="muted">
              {' '}
              {t('combined', {
                parts: combined.map((part) => `${part.ruleTitle} ${part.weight.toFixed(2)}`).join('、'),
              })}
            </span>
          )}
        </dd>
      </dl>
    </section>
  )
}
