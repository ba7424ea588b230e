import { type Training, trainingKinds, trainingThemes } from '@shanshui/contract'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Column } from '../../../components/table/column.ts'
import { useOfficial } from '../../../i18n/useOfficial.ts'

/** Problems of a drill that nobody has closed yet; null where there was no drill. */
export function openProblems(training: Training): number | null {
  if (training.drill === null) return null
  return training.drill.problems.filter(({ closedOn }) => closedOn == null).length
}

export function useTrainingColumns(): readonly Column<Training>[] {
  const { t } = useTranslation('bureau')
  const official = useOfficial()
  return useMemo(
    () => [
      { key: 'heldOn', title: t('column.heldOn'), oneLine: true, value: (row) => row.heldOn },
      {
        key: 'kind',
        title: t('column.kind'),
        oneLine: true,
        value: (row) => official(trainingKinds[row.kind]),
      },
      {
        key: 'theme',
        title: t('column.theme'),
        oneLine: true,
        value: (row) => official(trainingThemes[row.theme]),
      },
      { key: 'title', title: t('column.title'), value: (row) => row.title },
      {
        key: 'organization',
        title: t('column.organization'),
        choices: true,
        value: (row) => row.organization.name,
      },
      { key: 'hours', title: t('column.hours'), decimals: 1, value: (row) => row.hours },
      { key: 'attendees', title: t('column.personTimes'), decimals: 0, value: (row) => row.attendees },
      { key: 'open', title: t('column.openProblems'), decimals: 0, value: openProblems },
      { key: 'teacher', title: t('column.teacher'), value: (row) => row.teacher },
      { key: 'place', title: t('column.place'), hidden: true, value: (row) => row.place },
      { key: 'material', title: t('column.material'), hidden: true, value: (row) => row.material },
    ],
    [t, official],
  )
}
