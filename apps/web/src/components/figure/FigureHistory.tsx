import type { FigureDetail } from '@shanshui/contract'
import { useTranslation } from 'react-i18next'
import { fullTime } from '../../format/time.ts'
import { ScrollRegion } from '../ScrollRegion.tsx'
import css from './figure.module.css'

/** Every value that this figure has had: when, why, from which inputs. */
export function FigureHistory({ figure }: { figure: FigureDetail }) {
  const { t } = useTranslation('figure')
  return (
    <section className={css.part}>
      <h2>{t('history')}</h2>
      {figure.history.length === 0 ? (
        <p className="muted">{t('historyNone')}</p>
      ) : (
        <ScrollRegion className={css.scroll} label={t('history')}>
          <table className={css.table}>
            <thead>
              <tr>
                <th scope="col">{t('historyAt')}</th>
                <th scope="col" className="number">
                  {t('value')}
                </th>
                <th scope="col">{t('historyCause')}</th>
                <th scope="col">{t('digest')}</th>
              </tr>
            </thead>
            <tbody>
              {figure.history.map((entry) => (
                <tr key={`${entry.computedAt} ${entry.digest}`}>
                  <td>{fullTime(entry.computedAt)}</td>
                  <td className="number">{entry.text}</td>
                  <td className={css.wrapCell}>{entry.cause}</td>
                  <td className="mono" title={entry.digest}>
                    {entry.digest.slice(0, 12)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </section>
  )
}
