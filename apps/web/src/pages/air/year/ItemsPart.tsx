import type { AirItemYear, AirYear } from '@shanshui/contract'
import { useTranslation } from 'react-i18next'
import { FigureValue } from '../../../components/figure/FigureValue.tsx'
import { ScrollRegion } from '../../../components/ScrollRegion.tsx'
import { formatNumber } from '../../../format/number.ts'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import { Change } from '../parts/Change.tsx'
import css from './year.module.css'

/** Six pollutants: value, last year, change, limit. */
export function ItemsPart({ data }: { data: AirYear }) {
  const { t } = useTranslation('air')
  const official = useOfficial()
  return (
    <ScrollRegion className={css.scroll} label={t('items.title')}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t('items.item')}</th>
            <th scope="col" className="number">
              {data.year}
            </th>
            <th scope="col" className="number">
              {data.year - 1}
            </th>
            <th scope="col" className="number">
              {t('items.change')} <span className={css.unit}>%</span>
            </th>
            <th scope="col" className="number">
              {t('items.limit')}
            </th>
            <th scope="col">{t('items.meets')}</th>
            <th scope="col" className={`number ${css.wide}`}>
              {t('items.primaryDays')}
            </th>
          </tr>
        </thead>
        <tbody>
          {data.items.map((row) => (
            <tr key={row.item}>
              <th scope="row">
                {official(row)} <span className={css.unit}>{row.unit}</span>
                <div className={css.statistic}>{t(`items.statistic.${row.statistic}`)}</div>
              </th>
              <td className="number">
                <strong>
                  <FigureValue figure={row.value} />
                </strong>
              </td>
              <td className="number">
                <FigureValue figure={row.lastYear} />
              </td>
              <td className="number">
                <Change figure={row.change} lowerIsBetter />
              </td>
              <td className="number">
                {row.limit === null
                  ? '–'
                  : formatNumber(row.limit, row.decimals === 0 ? 0 : row.limit % 1 === 0 ? 0 : 1)}
              </td>
              <td>
                <Meets row={row} />
              </td>
              <td className={`number ${css.wide}`}>
                <FigureValue figure={row.primaryDays} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

function Meets({ row }: { row: AirItemYear }) {
  const { t } = useTranslation('air')
  if (row.meets === null) {
    const months =
      row.shortMonths.length > 0 ? t('items.shortMonths', { months: row.shortMonths.join('、') }) : ''
    return (
      <span className="muted" title={t('items.incompleteWhy', { days: row.validDays, months })}>
        {t('items.incomplete')}
      </span>
    )
  }
  return row.meets ? <span>{t('items.yes')}</span> : <strong className="worse">{t('items.no')}</strong>
}
