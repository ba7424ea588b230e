import { type MatterDetail, problemSourceTitles } from '@shanshui/contract'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useCarriedSearch } from '../../../app/layout/useScope.ts'
import { Panel } from '../../../components/Page.tsx'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import { waitsForText } from '../list/matterColumns.tsx'
import { DueMark, ReboundMark, StateMark } from '../parts/MatterMarks.tsx'
import css from './matter.module.css'

/** What it is, where it stands, whose turn it is, until when. */
export function MatterHead({ detail }: { detail: MatterDetail }) {
  const { t } = useTranslation('matters')
  const official = useOfficial()
  const search = useCarriedSearch()
  const { matter } = detail
  const waits = waitsForText(matter, official, t('platform'))
  return (
    <Panel className={css.head} label={t('matter.head')}>
      <p className={css.standing}>
        <StateMark matter={matter} />
        <ReboundMark count={matter.rebounds} />
        <DueMark due={matter.due} withTitle />
        {waits !== '' && <strong>{t('waitsFor', { who: waits })}</strong>}
        {matter.lookBackOn !== null && <span>{t('lookBackOn', { date: matter.lookBackOn })}</span>}
        {matter.published && <span className={css.badge}>{t('published')}</span>}
      </p>
      <p className={css.facts}>
        <span>{official(matter.workflowTitle)}</span>
        {matter.enterprise !== null && (
          <Link to={{ pathname: `/sources/enterprises/${matter.enterprise.id}`, search }}>
            {matter.enterprise.name}
          </Link>
        )}
        {matter.feature !== null && matter.feature.kind !== 'enterprise' && (
          <FeatureLink feature={matter.feature} />
        )}
        {matter.regionName !== null && <span>{matter.regionName}</span>}
        {matter.problem !== null && (
          <Link to={{ pathname: `/matters/problems/${matter.problem.id}`, search }}>
            {t('matter.problem', { number: matter.problem.number })}
          </Link>
        )}
        <span className="muted">
          {t('matter.source', { source: official(problemSourceTitles[matter.source]) })}
          {detail.ref !== null && ` ${detail.ref}`}
        </span>
        {matter.round > 1 && <span className="worse">{t('matter.round', { round: matter.round })}</span>}
      </p>
    </Panel>
  )
}

function FeatureLink({ feature }: { feature: NonNullable<MatterDetail['matter']['feature']> }) {
  const search = useCarriedSearch()
  if (feature.kind === 'outlet')
    return <Link to={{ pathname: `/sources/outlets/${feature.id}`, search }}>{feature.name}</Link>
  return <span>{feature.name}</span>
}
