import { type Complaint, complaintChannels, complaintThemes, complaintVerdicts } from '@shanshui/contract'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useCarriedSearch } from '../../../../app/layout/useScope.ts'
import type { Column } from '../../../../components/table/column.ts'
import { shortTime } from '../../../../format/time.ts'
import { useOfficial } from '../../../../i18n/useOfficial.ts'
import { StateMark } from '../../parts/MatterMarks.tsx'
import { ComplaintDue, ComplaintMarks } from '../marks.tsx'

export function ComplaintState({ complaint }: { complaint: Complaint }) {
  const { matter } = complaint
  if (matter === null) return null
  const { stateTitle, phase } = matter
  return <StateMark matter={{ phase, stateTitle: { zh: stateTitle, en: stateTitle } }} />
}

export function useComplaintColumns(): readonly Column<Complaint>[] {
  const { t } = useTranslation('complaints')
  const official = useOfficial()
  const search = useCarriedSearch()
  return useMemo(
    () => [
      {
        key: 'number',
        title: t('column.number'),
        value: (row) => row.number,
        render: (row) => <Link to={{ pathname: `/matters/complaints/${row.id}`, search }}>{row.number}</Link>,
        oneLine: true,
      },
      {
        key: 'title',
        title: t('column.title'),
        value: (row) => row.title,
        render: (row) => (
          <>
            {row.title} <ComplaintMarks complaint={row} />
          </>
        ),
      },
      {
        key: 'theme',
        title: t('column.theme'),
        value: (row) => official(complaintThemes[row.theme]),
        oneLine: true,
      },
      {
        key: 'channel',
        title: t('column.channel'),
        value: (row) => official(complaintChannels[row.channel]),
        oneLine: true,
      },
      {
        key: 'state',
        title: t('column.state'),
        value: (row) => row.matter?.stateTitle ?? null,
        render: (row) => <ComplaintState complaint={row} />,
        choices: true,
        oneLine: true,
      },
      {
        key: 'due',
        title: t('column.due'),
        value: (row) => row.due?.at ?? null,
        render: (row) => <ComplaintDue due={row.due} withTitle />,
        width: 210,
      },
      {
        key: 'waitsFor',
        title: t('column.waitsFor'),
        value: (row) => row.matter?.waitsFor.join('、') || null,
      },
      { key: 'region', title: t('column.region'), value: (row) => row.regionName, oneLine: true },
      { key: 'place', title: t('column.place'), value: (row) => row.place, hidden: true },
      { key: 'enterprise', title: t('column.enterprise'), value: (row) => row.enterprise?.name ?? null },
      { key: 'repeats', title: t('column.repeats'), decimals: 0, value: (row) => row.repeats, hidden: true },
      {
        key: 'receivedAt',
        title: t('column.receivedAt'),
        value: (row) => shortTime(row.receivedAt),
        oneLine: true,
      },
      {
        key: 'verdict',
        title: t('column.verdict'),
        value: (row) => (row.verdict === null ? null : official(complaintVerdicts[row.verdict])),
        hidden: true,
      },
      { key: 'outerNumber', title: t('column.outerNumber'), value: (row) => row.outerNumber, hidden: true },
      {
        key: 'platformNumber',
        title: t('column.platformNumber'),
        value: (row) => row.platformNumber,
        hidden: true,
      },
    ],
    [t, official, search],
  )
}
