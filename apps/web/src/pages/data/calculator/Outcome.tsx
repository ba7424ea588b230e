import type { EvaluatorOutcome } from '@shanshui/contract'
import { useTranslation } from 'react-i18next'
import css from './calculator.module.css'

/** The answer, and under it the way to it, line by line with the clause of each line. */
export function Outcome({ outcome }: { outcome: EvaluatorOutcome }) {
  const { t } = useTranslation('data')
  if (!outcome.ok) {
    return (
      <section className={css.refused} role="status">
        <b>{t(`calculator.refused.${outcome.reason}`, { defaultValue: outcome.reason })}</b>
        {outcome.missing.length > 0 && <p>{t('calculator.missing', { list: outcome.missing.join('、') })}</p>}
        {outcome.detail !== undefined && <p>{outcome.detail}</p>}
        <p className="muted">{`${outcome.clause.standard} ${outcome.clause.at}`}</p>
      </section>
    )
  }
  return (
    <section aria-live="polite">
      <h3>{t('calculator.result')}</h3>
      <Value value={outcome.value} />
      {outcome.trace.length > 0 && (
        <div className={css.scroll}>
          <table className={css.trace}>
            <caption>{t('calculator.trace')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('calculator.rule')}</th>
                <th scope="col">{t('calculator.formula')}</th>
                <th scope="col" className="number">
                  {t('calculator.result')}
                </th>
                <th scope="col">{t('calculator.clause')}</th>
              </tr>
            </thead>
            <tbody>
              {outcome.trace.map((finding, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a trace are ordered and never change
                <tr key={index}>
                  <td>{finding.rule}</td>
                  <td className="mono">{finding.formula ?? textOf(finding.input)}</td>
                  <td className="number">{finding.result ?? '—'}</td>
                  <td>{`${finding.clause.standard} ${finding.clause.at}`}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}

function Value({ value }: { value: unknown }) {
  if (value === null || typeof value !== 'object') return <p className={css.answer}>{textOf(value)}</p>
  return (
    <dl className={css.values}>
      {Object.entries(value).map(([name, one]) => (
        <div key={name}>
          <dt className="mono">{name}</dt>
          <dd>{textOf(one)}</dd>
        </div>
      ))}
    </dl>
  )
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '—'
  if (typeof value === 'object') return JSON.stringify(value)
  return String(value)
}
