import type { AirOverview } from '@shanshui/contract'
import { airItemInfo } from '@shanshui/standards'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useCarriedSearch } from '../../app/layout/useScope.ts'
import { FigureValue } from '../../components/figure/FigureValue.tsx'
import { Panel } from '../../components/Page.tsx'
import { Change } from '../air/parts/Change.tsx'
import css from './overview.module.css'

/** The year to date in one row: six items, excellent days, index, rank. */
export function YearLine({ data }: { data: AirOverview }) {
  const { t } = useTranslation('overview')
  const search = useCarriedSearch()
  const { yearToDate: ytd, ranking } = data
  return (
    <Panel
      title={t('yearToDate', { from: ytd.period.from, to: ytd.period.to })}
      tools={<Link to={{ pathname: '/air/year', search }}>{t('toYear')}</Link>}
    >
      <ul className={css.year}>
        {ytd.items.map((entry) => (
          <Cell key={entry.item} title={airItemInfo[entry.item].zh} unit={airItemInfo[entry.item].unit}>
            <strong className={entry.meets === false ? 'worse' : ''}>
              <FigureValue figure={entry.value} />
            </strong>
            <Change figure={entry.change} lowerIsBetter unit />
            <span className="muted">{entry.limit === null ? '' : t('limit', { limit: entry.limit })}</span>
          </Cell>
        ))}
        <Cell title={t('excellent')} unit="%">
          <strong>
            <FigureValue figure={ytd.excellentRatio} />
          </strong>
          <span>
            <FigureValue figure={ytd.excellentDays} /> / <FigureValue figure={ytd.validDays} />
          </span>
          <span className="muted">
            {t('lastYear')} <FigureValue figure={ytd.lastYearRatio} />
          </span>
        </Cell>
        <Cell title={t('index')}>
          <strong>
            <FigureValue figure={ytd.index} />
          </strong>
          <Change figure={ytd.indexChange} lowerIsBetter unit />
          <span className="muted">
            {t('lastYear')} <FigureValue figure={ytd.lastYearIndex} />
          </span>
        </Cell>
        <Cell title={t('rank')}>
          <strong>
            <FigureValue figure={ranking.rank} />
          </strong>
          <span>{t('of', { of: ranking.of })}</span>
          <span className="muted">
            {ranking.best !== null && ranking.worst !== null && ranking.best !== ranking.worst
              ? t('rankInterval', { best: ranking.best, worst: ranking.worst })
              : ''}
          </span>
        </Cell>
      </ul>
    </Panel>
  )
}

function Cell({ title, unit, children }: { title: string; unit?: string; children: ReactNode }) {
  return (
    <li className={css.cell}>
      <span className={css.cellTitle}>
        {title} {unit !== undefined && <span className="muted">{unit}</span>}
      </span>
      {children}
    </li>
  )
}
