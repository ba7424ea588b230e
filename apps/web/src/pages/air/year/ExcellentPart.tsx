import type { AirYear } from '@shanshui/contract'
import { useTranslation } from 'react-i18next'
import { FigureValue } from '../../../components/figure/FigureValue.tsx'
import { ScrollRegion } from '../../../components/ScrollRegion.tsx'
import { Change } from '../parts/Change.tsx'
import css from './year.module.css'

/** Numerator over denominator, last year beside it, and every excluded day with its reason. */
export function ExcellentPart({ data }: { data: AirYear }) {
  const { t } = useTranslation('air')
  const { excellent, sand } = data
  return (
    <>
      <p className={css.fraction}>
        <FigureValue figure={excellent.ratio} size="large" />
        <span className={css.unit}>%</span>
        <span>
          = <FigureValue figure={excellent.days} /> ÷ <FigureValue figure={excellent.valid} />{' '}
          <span className="muted">{t('excellent.fraction')}</span>
        </span>
      </p>
      <dl className={css.facts}>
        <dt>{data.year - 1}</dt>
        <dd>
          <FigureValue figure={excellent.lastYearRatio} /> % = <FigureValue figure={excellent.lastYearDays} />{' '}
          ÷ <FigureValue figure={excellent.lastYearValid} />
        </dd>
        <dt>{t('items.change')}</dt>
        <dd>
          <Change figure={excellent.change} lowerIsBetter={false} unit />
        </dd>
        <dt>{t('excellent.heavy')}</dt>
        <dd>
          <FigureValue figure={data.heavyDays} unit />
        </dd>
        <dt>{t('excellent.sand')}</dt>
        <dd>
          {t('excellent.sandText', { days: sand.days, exceed: sand.exceedDays })}
          {sand.exceedDays > 0 && (
            <>
              {t('excellent.sandShare')} <FigureValue figure={sand.exceedShare} unit />
            </>
          )}
        </dd>
      </dl>
      <Excluded excluded={excellent.excluded} />
    </>
  )
}

function Excluded({ excluded }: { excluded: AirYear['excellent']['excluded'] }) {
  const { t } = useTranslation('air')
  if (excluded.length === 0) return <p className="muted">{t('excellent.noneExcluded')}</p>
  return (
    <div>
      <h3>{t('excellent.excluded', { count: excluded.length })}</h3>
      <ScrollRegion className={css.list} label={t('excellent.excluded', { count: excluded.length })}>
        <ul>
          {excluded.map((entry) => (
            <li key={entry.date}>
              <span>{entry.date}</span> <span className="muted">{entry.reason}</span>
            </li>
          ))}
        </ul>
      </ScrollRegion>
    </div>
  )
}
