import type { Mark } from '@shanshui/contract'
import { airItemInfo, itemByCode } from '@shanshui/standards'
import { Button } from 'antd'
import { lazy, Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Column } from '../../../components/table/column.ts'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { fullTime, shortTime } from '../../../format/time.ts'
import { useSession } from '../../../session/session.tsx'
import type { Window } from './useStation.ts'

const MarkDialog = lazy(async () => ({ default: (await import('./MarkDialog.tsx')).MarkDialog }))

interface Props {
  readonly pointId: number
  readonly window: Window
  readonly marks: readonly Mark[]
}

/** Validity marks of the window; who may, marks a period invalid or withdraws a mark, each time with a reason. */
export function MarkPart({ pointId, window, marks }: Props) {
  const { t } = useTranslation('station')
  const { may } = useSession()
  const [open, setOpen] = useState<Mark | 'new'>()
  const mayMark = may('series:mark')
  const columns = useMemo<Column<Mark>[]>(
    () => [
      { key: 'from', title: t('from'), value: (mark) => shortTime(mark.from) },
      { key: 'to', title: t('to'), oneLine: true, value: (mark) => shortTime(mark.to) },
      { key: 'items', title: t('item'), value: (mark) => itemsText(mark) ?? t('marks.allItems') },
      { key: 'reason', title: t('marks.reason'), value: (mark) => mark.reason },
      { key: 'by', title: t('marks.by'), value: (mark) => `${mark.byName} ${fullTime(mark.at)}` },
      {
        key: 'withdrawn',
        title: t('marks.state'),
        value: (mark) =>
          mark.withdrawn === null
            ? t('marks.inForce')
            : t('marks.withdrawn', { name: mark.withdrawn.byName, reason: mark.withdrawn.reason }),
        render: (mark) =>
          mark.withdrawn === null && mayMark ? (
            <Button size="small" onClick={() => setOpen(mark)}>
              {t('marks.withdraw')}
            </Button>
          ) : undefined,
      },
    ],
    [t, mayMark],
  )
  return (
    <>
      <DataTable
        id="mark"
        caption={t('marks.title')}
        columns={columns}
        rows={marks}
        rowKey={(mark) => mark.id}
        empty={t('marks.none')}
        maxHeight={220}
        tools={
          mayMark && (
            <Button size="small" onClick={() => setOpen('new')}>
              {t('marks.new')}
            </Button>
          )
        }
      />
      {open !== undefined && (
        <Suspense fallback={null}>
          <MarkDialog
            pointId={pointId}
            window={window}
            mark={open === 'new' ? undefined : open}
            onClose={() => setOpen(undefined)}
          />
        </Suspense>
      )}
    </>
  )
}

function itemsText(mark: Mark): string | undefined {
  return mark.factors
    ?.map((code) => {
      const item = itemByCode(code)
      return item === undefined ? code : airItemInfo[item].zh
    })
    .join('、')
}
