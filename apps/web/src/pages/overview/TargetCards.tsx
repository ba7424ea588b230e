import type { AirOverview } from '@shanshui/contract'
import { useTranslation } from 'react-i18next'
import { FigureValue } from '../../components/figure/FigureValue.tsx'
import { Empty } from '../../components/states.tsx'
import css from './overview.module.css'
import { Spark } from './Spark.tsx'

type Target = AirOverview['targets'][number]

/** At most six targets: value, target, distance, trend, and what it would take. */
export function TargetCards({ targets }: { targets: readonly Target[] }) {
  const { t } = useTranslation('overview')
  if (targets.length === 0) return <Empty title={t('noTargets')} hint={t('noTargetsHint')} />
  return (
    <ul className={css.targets} aria-label={t('targets')}>
      {targets.map((target) => (
        <TargetCard key={target.id} target={target} />
      ))}
    </ul>
  )
}

const statuses = ['met', 'on-track', 'at-risk', 'missed', 'unknown'] as const

function TargetCard({ target }: { target: Target }) {
  const { t } = useTranslation('overview')
  const status = statuses.find((candidate) => candidate === target.status) ?? 'unknown'
  return (
    <li className={`${css.target} ${css[`status-${status}`] ?? ''}`}>
      <h2 className={css.targetTitle}>{target.title}</h2>
      <p className={css.targetValue}>
        <FigureValue figure={target.current} size="large" unit />
        <span className={css.statusWord}>{t(`status.${status}`)}</span>
      </p>
      <p className={css.targetLine}>
        <span>
          {t('target')} {comparisonSign(target.comparison)} {target.reach} {target.unit}
        </span>
        {target.distance !== null && (
          <span className="muted">
            {t('distance')} {signed(target.distance)}
          </span>
        )}
      </p>
      <Spark values={target.spark} label={t('spark', { title: target.title })} />
      <p className={css.takes}>{target.whatItTakes}</p>
    </li>
  )
}

function comparisonSign(comparison: string): string {
  const signs: Readonly<Record<string, string>> = { '<=': '≤', '>=': '≥', '<': '<', '>': '>', '=': '=' }
  return signs[comparison] ?? comparison
}

/** The server sends the distance rounded; only the sign is dressed. */
function signed(value: number): string {
  if (value < 0) return `−${-value}`
  return value === 0 ? '0' : `+${value}`
}
