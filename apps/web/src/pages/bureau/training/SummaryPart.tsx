import type { TrainingSummary } from '@shanshui/contract'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../../components/Page.tsx'
import type { Column } from '../../../components/table/column.ts'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { formatCount, formatNumber } from '../../../format/number.ts'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import { Figures } from '../Figures.tsx'
import css from '../work.module.css'

type Count = TrainingSummary['byTheme'][number]

/** The year in five figures, and the same by theme and by month. */
export function SummaryPart({ summary }: { summary: TrainingSummary }) {
  const { t } = useTranslation('bureau')
  return (
    <>
      <Figures
        label={t('training.summary')}
        items={[
          { key: 'events', title: t('figure.events'), value: formatCount(summary.events) },
          { key: 'hours', title: t('figure.hours'), value: formatNumber(summary.hours, 1) },
          {
            key: 'personTimes',
            title: t('figure.personTimes'),
            value: formatCount(summary.personTimes),
            note: t('figure.personTimesNote'),
          },
          {
            key: 'persons',
            title: t('figure.persons'),
            value: formatCount(summary.persons),
            note: t('figure.personsNote'),
          },
          {
            key: 'drills',
            title: t('figure.drills'),
            value: formatCount(summary.drills),
            note: t('figure.openProblems', { count: summary.openDrillProblems }),
            bad: summary.openDrillProblems > 0,
          },
        ]}
      />
      {summary.events > 0 && (
        <div className={css.halves}>
          <Panel title={t('training.byTheme')}>
            <CountTable
              id="th"
              caption={t('training.byTheme')}
              head={t('column.theme')}
              rows={summary.byTheme}
            />
          </Panel>
          <Panel title={t('training.byMonth')}>
            <CountTable
              id="mo"
              caption={t('training.byMonth')}
              head={t('column.month')}
              rows={summary.byMonth}
            />
          </Panel>
        </div>
      )}
    </>
  )
}

interface CountProps {
  readonly id: string
  readonly caption: string
  readonly head: string
  readonly rows: readonly Count[]
}

function CountTable({ id, caption, head, rows }: CountProps) {
  const { t } = useTranslation('bureau')
  const official = useOfficial()
  const columns = useMemo<readonly Column<Count>[]>(
    () => [
      { key: 'title', title: head, value: (row) => official(row.title) },
      { key: 'events', title: t('figure.events'), decimals: 0, value: (row) => row.events },
      { key: 'personTimes', title: t('figure.personTimes'), decimals: 0, value: (row) => row.personTimes },
      { key: 'persons', title: t('figure.persons'), decimals: 0, value: (row) => row.persons },
    ],
    [head, official, t],
  )
  return (
    <DataTable id={id} caption={caption} columns={columns} rows={rows} rowKey={(row) => row.key} compact />
  )
}
