import type { AirRanking } from '@shanshui/contract'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useCarriedSearch } from '../../../app/layout/useScope.ts'
import { FigureValue } from '../../../components/figure/FigureValue.tsx'
import { formatNumber } from '../../../format/number.ts'
import css from './year.module.css'

/** Place among the peers, the interval it may still have when indexes are missing, the gaps to the neighbours. */
export function RankPart({ ranking, link = true }: { ranking: AirRanking; link?: boolean }) {
  const { t } = useTranslation('air')
  const search = useCarriedSearch()
  return (
    <>
      <p className={css.fraction}>
        <FigureValue figure={ranking.rank} size="large" />
        <span className="muted">{t('rank.of', { of: ranking.of })}</span>
      </p>
      <RankInterval ranking={ranking} />
      <dl className={css.facts}>
        {ranking.better !== null && (
          <>
            <dt>{t('rank.better')}</dt>
            <dd>
              {ranking.better.name} {formatNumber(ranking.better.value, 2)}
              <span className="muted">
                {' '}
                {t('rank.gapBehind', { gap: formatNumber(Math.abs(ranking.better.gap), 2) })}
              </span>
            </dd>
          </>
        )}
        {ranking.worse !== null && (
          <>
            <dt>{t('rank.worse')}</dt>
            <dd>
              {ranking.worse.name} {formatNumber(ranking.worse.value, 2)}
              <span className="muted">
                {' '}
                {t('rank.gapAhead', { gap: formatNumber(Math.abs(ranking.worse.gap), 2) })}
              </span>
            </dd>
          </>
        )}
      </dl>
      {link && (
        <Link className="no-print" to={{ pathname: '/air/ranking', search }}>
          {t('rank.whole')}
        </Link>
      )}
    </>
  )
}

export function RankInterval({ ranking }: { ranking: AirRanking }) {
  const { t } = useTranslation('air')
  const certain = ranking.best === null || ranking.worst === null || ranking.best === ranking.worst
  return (
    <>
      {!certain && <p>{t('rank.interval', { best: ranking.best, worst: ranking.worst })}</p>}
      {ranking.missing.length > 0 && (
        <p className="muted">
          {t('rank.missing', { count: ranking.missing.length, names: ranking.missing.join('、') })}
        </p>
      )}
    </>
  )
}
