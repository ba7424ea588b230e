import type { AirItemName, AirYear } from '@shanshui/contract'
import { airItemInfo } from '@shanshui/standards'
import { useTranslation } from 'react-i18next'
import { FigureValue } from '../../../components/figure/FigureValue.tsx'
import { ScrollRegion } from '../../../components/ScrollRegion.tsx'
import { formatNumber } from '../../../format/number.ts'
import { itemColours } from '../../../theme/items.ts'
import { Change } from '../parts/Change.tsx'
import css from './year.module.css'

type Index = AirYear['index']

/** The composite index and what it is made of: a stacked bar with its numbers below. */
export function IndexPart({ index, items }: { index: Index; items: AirYear['items'] }) {
  const decimalsOf = (item: AirItemName): number =>
    items.find((entry) => entry.item === item)?.decimals ?? airItemInfo[item].decimals
  const { t } = useTranslation('air')
  return (
    <>
      <p className={css.fraction}>
        <FigureValue figure={index.value} size="large" />
        <span className="muted">
          {t('index.lastYear')} <FigureValue figure={index.lastYear} /> · {t('items.change')}{' '}
          <Change figure={index.change} lowerIsBetter unit />
        </span>
      </p>
      <StackedParts index={index} />
      <ScrollRegion className={css.scroll} label={t('index.title')}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t('items.item')}</th>
              <th scope="col" className="number">
                C
              </th>
              <th scope="col" className="number">
                S
              </th>
              <th scope="col" className="number">
                C ÷ S
              </th>
              <th scope="col" className="number">
                {t('index.share')} <span className={css.unit}>%</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {index.parts.map((part) => (
              <tr key={part.item}>
                <th scope="row">
                  <span
                    className={css.key}
                    style={{ background: itemColours[part.item] }}
                    aria-hidden="true"
                  />
                  {airItemInfo[part.item].zh}{' '}
                  {part.item === index.main && <span className="muted">{t('index.main')}</span>}
                </th>
                <td className="number">{formatNumber(part.concentration, decimalsOf(part.item))}</td>
                <td className="number">{part.limit}</td>
                <td className="number">{formatNumber(part.value, 2)}</td>
                <td className="number">{formatNumber(shareOf(part.value, index), 1)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </>
  )
}

function sumOf(index: Index): number {
  return index.parts.reduce((sum, part) => sum + (part.value ?? 0), 0)
}

function shareOf(value: number | null, index: Index): number | null {
  const sum = sumOf(index)
  return value === null || sum === 0 ? null : (value / sum) * 100
}

/** Drawn for the eye only: the table below says the same in numbers. */
function StackedParts({ index }: { index: Index }) {
  return (
    <div className={css.stack} aria-hidden="true">
      {index.parts.map((part) => {
        const share = shareOf(part.value, index)
        if (share === null || share === 0) return null
        return (
          <div key={part.item} style={{ width: `${share}%`, background: itemColours[part.item] }}>
            {share > 9 && airItemInfo[part.item].zh}
          </div>
        )
      })}
    </div>
  )
}
