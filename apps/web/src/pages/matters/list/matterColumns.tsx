import type { MatterBrief } from '@shanshui/contract'
import { matterPartyTitles, problemSourceTitles } from '@shanshui/contract'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useCarriedSearch } from '../../../app/layout/useScope.ts'
import type { Column } from '../../../components/table/column.ts'
import { shortTime } from '../../../format/time.ts'
import { type Official, useOfficial } from '../../../i18n/useOfficial.ts'
import { DueMark, dueText, ReboundMark, StateMark } from '../parts/MatterMarks.tsx'

import css from './list.module.css'

/** Who has to act now, in words: the organization, or the platform itself. */
export function waitsForText(
  matter: MatterBrief,
  official: (term: Official) => string,
  platform: string,
): string {
  return matter.waitsFor
    .map(({ party, organization }) => {
      if (party === 'system') return platform
      const title = matterPartyTitles[party as keyof typeof matterPartyTitles]
      return organization?.name ?? (title === undefined ? party : official(title))
    })
    .join('、')
}

/** Columns of every list of matters. `severalKinds`: the kind of matter is a column of its own. */
export function useMatterColumns(severalKinds: boolean): readonly Column<MatterBrief>[] {
  const { t } = useTranslation('matters')
  const official = useOfficial()
  const search = useCarriedSearch()
  return useMemo(
    () => [
      {
        key: 'number',
        title: t('column.number'),
        value: (row) => row.number,
        render: (row) => <Link to={{ pathname: `/matters/${row.id}`, search }}>{row.number}</Link>,
        oneLine: true,
      },
      {
        key: 'title',
        title: t('column.title'),
        value: (row) => row.title,
        render: (row) => (
          <Link className={css.title ?? ''} to={{ pathname: `/matters/${row.id}`, search }}>
            {row.title}
          </Link>
        ),
      },
      {
        key: 'workflow',
        title: t('column.workflow'),
        value: (row) => official(row.workflowTitle),
        hidden: !severalKinds,
        oneLine: true,
      },
      {
        key: 'state',
        title: t('column.state'),
        value: (row) => official(row.stateTitle),
        render: (row) => (
          <>
            <StateMark matter={row} /> <ReboundMark count={row.rebounds} />
          </>
        ),
        oneLine: true,
      },
      {
        key: 'due',
        title: t('column.due'),
        value: (row) => (row.due === null ? null : row.due.dueAt),
        render: (row) => <DueMark due={row.due} />,
        oneLine: true,
      },
      {
        key: 'left',
        title: t('column.left'),
        value: (row) => (row.due === null ? null : dueText(t, row.due.dueAt, Date.now())),
        hidden: true,
      },
      {
        key: 'waitsFor',
        title: t('column.waitsFor'),
        value: (row) => waitsForText(row, official, t('platform')) || null,
      },
      { key: 'handler', title: t('column.handler'), value: (row) => row.handler?.name ?? null },
      { key: 'acceptor', title: t('column.acceptor'), value: (row) => row.acceptor?.name ?? null },
      {
        key: 'enterprise',
        title: t('column.object'),
        value: (row) => row.enterprise?.name ?? row.feature?.name ?? null,
        hidden: true,
      },
      { key: 'region', title: t('column.region'), value: (row) => row.regionName, oneLine: true },
      {
        key: 'source',
        title: t('column.source'),
        value: (row) => official(problemSourceTitles[row.source]),
        hidden: true,
      },
      {
        key: 'rebounds',
        title: t('column.rebounds'),
        decimals: 0,
        value: (row) => row.rebounds,
        hidden: true,
      },
      { key: 'lookBackOn', title: t('column.lookBackOn'), value: (row) => row.lookBackOn, hidden: true },
      {
        key: 'changedAt',
        title: t('column.changedAt'),
        value: (row) => shortTime(row.changedAt),
        hidden: true,
        oneLine: true,
      },
    ],
    [t, official, search, severalKinds],
  )
}
