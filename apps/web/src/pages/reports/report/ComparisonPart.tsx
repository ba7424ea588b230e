import { useTranslation } from 'react-i18next'
import { useReportComparison } from '../../../api/reports.ts'
import { Panel } from '../../../components/Page.tsx'
import { Async, Empty } from '../../../components/states.tsx'
import css from './report.module.css'

/** Sentence by sentence beside last year's: what reads differently, and what was left as it was. */
export function ComparisonPart({ id }: { id: number }) {
  const { t } = useTranslation('reports')
  const query = useReportComparison(id, true)
  return (
    <Panel>
      <Async
        query={query}
        what={t('report.views.comparison')}
        isEmpty={(data) => data.lastYear === null}
        empty={<Empty title={t('comparison.none')} hint={t('comparison.noneHint')} />}
      >
        {(data) => (
          <table className={css.comparison}>
            <caption className="visually-hidden">{t('report.views.comparison')}</caption>
            <thead>
              <tr>
                <th scope="col">{data.thisYear.title}</th>
                <th scope="col">{data.lastYear?.title}</th>
              </tr>
            </thead>
            <tbody>
              {data.rows.map((row) => (
                <tr key={row.key} className={row.same ? 'muted' : undefined}>
                  <td>{row.now ?? t('comparison.absent')}</td>
                  <td>{row.before ?? t('comparison.absent')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Async>
    </Panel>
  )
}
