import type { Revision } from '@shanshui/contract'
import { airItemInfo, itemByCode } from '@shanshui/standards'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Column } from '../../../components/table/column.ts'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { formatNumber } from '../../../format/number.ts'
import { fullTime, shortTime } from '../../../format/time.ts'

/** Every value that was replaced: old and new, who, when, why. */
export function RevisionPart({ revisions, more }: { revisions: readonly Revision[]; more: boolean }) {
  const { t } = useTranslation('station')
  const columns = useMemo<Column<Revision>[]>(
    () => [
      { key: 'start', title: t('time'), value: (row) => shortTime(row.start) },
      { key: 'changes', title: t('revisions.changes'), value: changesText },
      { key: 'by', title: t('revisions.by'), value: (row) => row.replacedBy },
      { key: 'at', title: t('revisions.at'), oneLine: true, value: (row) => fullTime(row.replacedAt) },
      { key: 'reason', title: t('revisions.reason'), value: (row) => row.reason },
    ],
    [t],
  )
  return (
    <>
      <DataTable
        id="rev"
        caption={t('revisions.title')}
        columns={columns}
        rows={revisions}
        rowKey={(row) => `${row.period} ${row.start} ${row.revision}`}
        empty={t('revisions.none')}
        maxHeight={220}
      />
      {more && <p className="muted">{t('revisions.more', { count: revisions.length })}</p>}
    </>
  )
}

function changesText(revision: Revision): string {
  return revision.changes
    .map((change) => {
      const item = itemByCode(change.factor)
      const name = item === undefined ? change.factor : airItemInfo[item].zh
      const decimals = item === undefined ? 2 : airItemInfo[item].decimals
      return `${name} ${formatNumber(change.old, decimals)} → ${formatNumber(change.new, decimals)}`
    })
    .join('；')
}
