import type { Merge } from '@shanshui/contract'
import { Button } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMerges, useUndoMerge } from '../../../api/enterprises.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { Panel } from '../../../components/Page.tsx'
import { Async, Empty } from '../../../components/states.tsx'
import type { Column } from '../../../components/table/column.ts'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { pagedRows } from '../../../components/table/pagedRows.ts'
import { shortTime } from '../../../format/time.ts'
import { ReasonModal } from './ReasonModal.tsx'

/** Mergers that were done, and their undoing. */
export function MergesPart() {
  const { t } = useTranslation('enterprises')
  const query = useMerges()
  const undo = useUndoMerge()
  const [undoing, setUndoing] = useState<Merge>()
  const columns = useColumns(setUndoing)
  const { rows, paging } = pagedRows(query)
  return (
    <Panel title={t('merge.done')}>
      {undo.isError && <ErrorPanel error={undo.error} what={t('merge.undo')} />}
      <Async query={query} what={t('merge.done')} rows={3}>
        {() => (
          <DataTable
            id="merges"
            caption={t('merge.done')}
            columns={columns}
            rows={rows}
            rowKey={(row) => row.id}
            paging={paging}
            compact
            empty={<Empty title={t('merge.noneDone')} />}
          />
        )}
      </Async>
      {undoing !== undefined && (
        <ReasonModal
          title={t('merge.undo')}
          text={t('merge.undoText', {
            drop: undoing.drop.name,
            keep: undoing.keep.name,
            count: undoing.moved,
          })}
          busy={undo.isPending}
          onCancel={() => setUndoing(undefined)}
          onReason={(reason) =>
            undo.mutate({ id: undoing.id, reason }, { onSettled: () => setUndoing(undefined) })
          }
        />
      )}
    </Panel>
  )
}

function useColumns(onUndo: (merge: Merge) => void): readonly Column<Merge>[] {
  const { t } = useTranslation('enterprises')
  return useMemo(
    () => [
      { key: 'at', title: t('merge.at'), value: (row) => shortTime(row.mergedAt), oneLine: true },
      { key: 'drop', title: t('merge.dropped'), value: (row) => `${row.drop.name} ${row.drop.code}` },
      { key: 'keep', title: t('merge.kept'), value: (row) => `${row.keep.name} ${row.keep.code}` },
      { key: 'moved', title: t('merge.changed'), value: (row) => row.moved, decimals: 0 },
      { key: 'by', title: t('merge.by'), value: (row) => row.mergedBy },
      { key: 'reason', title: t('merge.reason'), value: (row) => row.reason },
      {
        key: 'undone',
        title: t('merge.state'),
        value: (row) => (row.undoneAt === null ? t('merge.stands') : t('merge.undone')),
        render: (row) =>
          row.undoneAt === null ? (
            <Button size="small" onClick={() => onUndo(row)}>
              {t('merge.undo')}
            </Button>
          ) : (
            t('merge.undoneBy', {
              at: shortTime(row.undoneAt),
              by: row.undoneBy ?? '',
              reason: row.undoReason ?? '',
            })
          ),
      },
    ],
    [t, onUndo],
  )
}
