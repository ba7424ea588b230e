import type { Report, ReportBasisRow } from '@shanshui/contract'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { StateDot } from '../../../components/figure/StateDot.tsx'
import { useFigureAddress } from '../../../components/figure/useFigureAddress.ts'
import { Panel } from '../../../components/Page.tsx'
import css from './report.module.css'

/** The figures of the text with their state, stale ones first; below them what the check of the draft says. */
export function FiguresPart({ report }: { report: Report }) {
  const { t } = useTranslation('reports')
  const rows = useMemo(
    () => [...report.basis].sort((a, b) => Number(b.state === 'stale') - Number(a.state === 'stale')),
    [report.basis],
  )
  return (
    <div className={css.side}>
      <Panel title={t('report.figures', { count: rows.length })}>
        <ul className={css.figures}>
          {rows.map((row) => (
            <FigureRow key={row.figureId} row={row} />
          ))}
        </ul>
      </Panel>
      <Panel title={t('report.checks')}>
        {report.checks.length === 0 ? (
          <p className="muted">{t('report.checksPassed')}</p>
        ) : (
          <ul className={css.checks}>
            {report.checks.map((check) => (
              <li key={check.message} className={check.severity === 'contradiction' ? 'worse' : undefined}>
                {check.message}
              </li>
            ))}
          </ul>
        )}
      </Panel>
    </div>
  )
}

function FigureRow({ row }: { row: ReportBasisRow }) {
  const { t } = useTranslation('reports')
  const { open } = useFigureAddress()
  return (
    <li>
      <button
        type="button"
        className={`plain-button ${css.figureRow}`}
        aria-haspopup="dialog"
        onClick={() => open(row.figureId)}
      >
        <StateDot state={row.state} />
        <span className={css.figureTitle}>{row.title}</span>
        <b className="number">{row.text}</b>
        <span className={`muted ${css.figureBasis}`}>
          {t('report.rowBasis', { standard: row.standard, inputs: row.inputs })}
        </span>
      </button>
    </li>
  )
}
