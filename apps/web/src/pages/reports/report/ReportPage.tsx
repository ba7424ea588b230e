import type { Report } from '@shanshui/contract'
import { Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { choiceParam, useAddress } from '../../../address/useAddress.ts'
import { useReport } from '../../../api/reports.ts'
import { Page } from '../../../components/Page.tsx'
import { Async } from '../../../components/states.tsx'
import { fullTime } from '../../../format/time.ts'
import { ComparisonPart } from './ComparisonPart.tsx'
import { FiguresPart } from './FiguresPart.tsx'
import { ReportTools } from './ReportTools.tsx'
import css from './report.module.css'
import { TextPart } from './TextPart.tsx'

const views = ['text', 'lastYear', 'comparison'] as const
type View = (typeof views)[number]
const params = { view: choiceParam<View>(views, 'text') }

/** Is every sentence true today? */
export function ReportPage() {
  const { t } = useTranslation('reports')
  const id = Number(useParams().id)
  const query = useReport(id)
  const [{ view }, change] = useAddress(params)
  const report = query.data
  return (
    <Page
      title={report?.title ?? t('report.title')}
      note={report !== undefined && <StatusLine report={report} />}
      tools={
        report !== undefined && (
          <>
            <Segmented<View>
              size="small"
              aria-label={t('report.view')}
              value={view}
              options={views.map((value) => ({ value, label: t(`report.views.${value}`) }))}
              onChange={(next) => change({ view: next })}
            />
            <ReportTools report={report} />
          </>
        )
      }
    >
      <Async query={query} what={t('report.what', { id })} rows={14}>
        {(data) =>
          view === 'comparison' ? (
            <ComparisonPart id={data.id} />
          ) : (
            <div className={css.columns}>
              <TextPart report={data} withLastYear={view === 'lastYear'} />
              <FiguresPart report={data} />
            </div>
          )
        }
      </Async>
    </Page>
  )
}

function StatusLine({ report }: { report: Report }) {
  const { t } = useTranslation('reports')
  if (report.status === 'frozen') {
    return t('report.frozenLine', {
      by: report.frozenBy ?? '',
      at: report.frozenAt === null ? '' : fullTime(report.frozenAt),
      digest: report.digest?.slice(0, 12) ?? '',
    })
  }
  const line = t('report.draftLine', { version: report.version, figures: report.figures })
  if (report.staleFigures === 0) return line
  return (
    <>
      {line} <span className="worse">{t('report.staleLine', { count: report.staleFigures })}</span>
    </>
  )
}
