import type { FigureDetail, FigureFinding } from '@shanshui/contract'
import { useTranslation } from 'react-i18next'
import { ScrollRegion } from '../ScrollRegion.tsx'
import { Unverified } from '../Unverified.tsx'
import css from './figure.module.css'

/** Formula with the numbers filled in, clauses, edition, rounding, and the trace line by line. */
export function FigureBasisPart({ figure }: { figure: FigureDetail }) {
  const { t } = useTranslation('figure')
  const { basis } = figure
  return (
    <section className={css.part}>
      <h2>{t('basis')}</h2>
      <pre className={css.formula}>{basis.formula}</pre>
      <dl className={css.facts}>
        <dt>{t('clauses')}</dt>
        <dd>
          {basis.clauses.map((clause) => (
            <span key={`${clause.standard} ${clause.at}`} className={css.clause}>
              {clause.standard} {clause.at}
            </span>
          ))}
        </dd>
        <dt>{t('edition')}</dt>
        <dd>{t(`editionName.${basis.edition}`)}</dd>
        <dt>{t('sand')}</dt>
        <dd>{t(`sandName.${figure.sand}`)}</dd>
        <dt>{t('period')}</dt>
        <dd>
          {figure.period.from} — {figure.period.to}
        </dd>
        <dt>{t('rounding')}</dt>
        <dd>{figure.rounding}</dd>
        <dt>{t('evaluator')}</dt>
        <dd className="mono">
          {basis.evaluator} {basis.evaluatorVersion}
        </dd>
      </dl>
      {basis.unverified.length > 0 && (
        <p className={css.unverified}>
          {basis.unverified.map((source) => (
            <span key={source}>
              <Unverified source={source} /> <span className="muted">{source}</span>
            </span>
          ))}
        </p>
      )}
      {basis.trace.length > 0 && (
        <details className={css.details}>
          <summary>{t('trace', { count: basis.trace.length })}</summary>
          <TraceTable trace={basis.trace} />
        </details>
      )}
    </section>
  )
}

export function TraceTable({ trace }: { trace: readonly FigureFinding[] }) {
  const { t } = useTranslation('figure')
  return (
    <ScrollRegion className={css.scroll} label={t('trace', { count: trace.length })}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t('traceRule')}</th>
            <th scope="col">{t('traceInput')}</th>
            <th scope="col" className="number">
              {t('traceResult')}
            </th>
            <th scope="col">{t('traceClause')}</th>
          </tr>
        </thead>
        <tbody>
          {trace.map((finding, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a trace is never reordered
            <tr key={index}>
              <td>
                {finding.rule}
                {finding.formula !== undefined && <div className="mono muted">{finding.formula}</div>}
              </td>
              <td className={css.wrapCell}>{printInput(finding.input)}</td>
              <td className="number">{finding.result === null ? '–' : String(finding.result)}</td>
              <td>
                {finding.clause.standard} {finding.clause.at}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

function printInput(input: unknown): string {
  if (input === null || input === undefined) return '–'
  if (typeof input !== 'object') return String(input)
  if (Array.isArray(input)) return input.map(printInput).join(', ')
  return Object.entries(input)
    .map(([name, value]) => `${name} = ${printInput(value)}`)
    .join(', ')
}
