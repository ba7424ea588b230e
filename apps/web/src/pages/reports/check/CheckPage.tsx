import type { ReportCheck, ReportFinding } from '@shanshui/contract'
import { Button, Input } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { integerParam, useAddress } from '../../../address/useAddress.ts'
import { useReportCheck } from '../../../api/reports.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { Page, Panel } from '../../../components/Page.tsx'
import { Empty } from '../../../components/states.tsx'
import { today } from '../../../format/time.ts'
import { YearStep } from '../../air/year/YearStep.tsx'
import css from './check.module.css'
import { segmentsOf } from './segments.ts'

/** Do the numbers of this text agree with each other and with the data? */
export function CheckPage() {
  const { t } = useTranslation('reports')
  const lastYear = Number(today().slice(0, 4)) - 1
  const params = useMemo(() => ({ year: integerParam(lastYear, 1990, 2100) }), [lastYear])
  const [{ year }, change] = useAddress(params)
  const [text, setText] = useState('')
  const check = useReportCheck()
  return (
    <Page
      title={t('check.title')}
      note={t('check.note')}
      tools={<YearStep year={year} last={lastYear + 1} onChange={(next) => change({ year: next })} />}
    >
      <Panel>
        <Input.TextArea
          aria-label={t('check.text')}
          placeholder={t('check.placeholder')}
          value={text}
          rows={8}
          maxLength={200_000}
          onChange={(event) => setText(event.target.value)}
        />
        <div className={css.actions}>
          <Button
            type="primary"
            disabled={text.trim() === ''}
            loading={check.isPending}
            onClick={() => check.mutate({ text, year })}
          >
            {t('check.run')}
          </Button>
          <span className="muted">{t('check.characters', { count: text.length })}</span>
        </div>
      </Panel>
      {check.isError && <ErrorPanel error={check.error} what={t('check.title')} />}
      {check.data !== undefined && <Outcome checked={check.variables.text} outcome={check.data} />}
    </Page>
  )
}

function Outcome({ checked, outcome }: { checked: string; outcome: ReportCheck }) {
  const { t } = useTranslation('reports')
  if (outcome.figures.length === 0)
    return <Empty title={t('check.noFigures')} hint={t('check.noFiguresHint')} />
  const count = (severity: ReportFinding['severity']): number =>
    outcome.findings.filter((one) => one.severity === severity).length
  return (
    <>
      <Panel
        title={t('check.found', {
          figures: outcome.figures.length,
          contradictions: count('contradiction'),
          doubts: count('doubt'),
          confirmed: count('confirmed'),
        })}
      >
        <p className={css.text}>
          {segmentsOf(checked, outcome).map((segment) =>
            segment.kind === 'plain' ? (
              segment.text
            ) : (
              <mark key={segment.start} className={css[segment.kind]}>
                {segment.text}
              </mark>
            ),
          )}
        </p>
      </Panel>
      <Panel title={t('check.findings')}>
        <ul className={css.findings}>
          {outcome.findings.map((finding) => (
            <li key={`${finding.rule} ${finding.start}`}>
              <span className={`${css.severity} ${css[finding.severity]}`}>
                {t(`check.severity.${finding.severity}`)}
              </span>
              <q>{finding.quote}</q>
              <span>{finding.message}</span>
              {finding.possible.length > 0 && (
                <span className="muted">{t('check.possible', { list: finding.possible.join('、') })}</span>
              )}
            </li>
          ))}
        </ul>
      </Panel>
    </>
  )
}
