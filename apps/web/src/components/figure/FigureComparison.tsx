import type { FigureDetail, FigureSummary } from '@shanshui/contract'
import { useTranslation } from 'react-i18next'
import { FigureValue } from './FigureValue.tsx'
import css from './figure.module.css'

/** The same figure under the other editions and the other treatment of sand; what it is made of and what uses it. */
export function FigureComparison({ figure }: { figure: FigureDetail }) {
  const { t } = useTranslation('figure')
  const others =
    figure.otherSand === null ? figure.otherEditions : [...figure.otherEditions, figure.otherSand]
  return (
    <>
      <section className={css.part}>
        <h2>{t('sameBasis')}</h2>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t('edition')}</th>
              <th scope="col">{t('sand')}</th>
              <th scope="col" className="number">
                {figure.unit === '' ? t('value') : `${t('value')}（${figure.unit}）`}
              </th>
            </tr>
          </thead>
          <tbody>
            {[figure, ...others].map((entry) => (
              <tr key={entry.id} className={entry.id === figure.id ? css.current : undefined}>
                <td>{t(`editionName.${entry.edition}`)}</td>
                <td>{t(`sandName.${entry.sand}`)}</td>
                <td className="number">
                  {entry.id === figure.id ? entry.text : <FigureValue figure={entry} />}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <Related title={t('dependsOn')} figures={figure.dependsOn} />
      <Related title={t('usedBy')} figures={figure.usedBy} />
    </>
  )
}

function Related({ title, figures }: { title: string; figures: readonly FigureSummary[] }) {
  if (figures.length === 0) return null
  return (
    <section className={css.part}>
      <h2>{title}</h2>
      <ul className={css.related}>
        {figures.map((figure) => (
          <li key={figure.id}>
            <span>{figure.title}</span>
            <FigureValue figure={figure} unit />
          </li>
        ))}
      </ul>
    </section>
  )
}
