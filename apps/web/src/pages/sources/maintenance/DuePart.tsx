import type { MaintenanceDue } from '@shanshui/contract'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { choiceParam, useAddress } from '../../../address/useAddress.ts'
import { useMaintenanceDue } from '../../../api/sources.ts'
import { Panel } from '../../../components/Page.tsx'
import { Async, Empty } from '../../../components/states.tsx'
import type { Column } from '../../../components/table/column.ts'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { Unverified } from '../../../components/Unverified.tsx'
import { ViewSwitch } from '../../../components/ViewSwitch.tsx'
import { shortTime } from '../../../format/time.ts'
import { outletColumns } from '../parts/outletColumns.tsx'
import { StateTag, type StateTone } from '../parts/StateTag.tsx'
import type { RecordDraft } from './RecordDialog.tsx'

type Due = MaintenanceDue['items'][number]
const tones: Readonly<Record<Due['state'], StateTone>> = {
  overdue: 'bad',
  never: 'bad',
  'due-soon': 'warn',
  'in-date': 'good',
}
const order: Readonly<Record<Due['state'], number>> = { overdue: 0, never: 1, 'due-soon': 2, 'in-date': 3 }
const lists = ['open', 'all'] as const
const params = { due: choiceParam(lists, 'open') } as const

/** What is overdue stands first; what is in date only when asked for. */
export function DuePart({ onWrite }: { onWrite?: (draft: RecordDraft) => void }) {
  const { t } = useTranslation('monitoring')
  const [{ due }, change] = useAddress(params)
  const query = useMaintenanceDue()
  const columns: Column<Due>[] = [
    ...outletColumns<Due>(t),
    {
      key: 'kind',
      title: t('maintenance.kind'),
      value: (row) => t(`maintenance.kinds.${row.kind}`),
      choices: true,
    },
    {
      key: 'state',
      title: t('online.state'),
      choices: true,
      value: (row) => t(`maintenance.states.${row.state}`),
      render: (row) => <StateTag tone={tones[row.state]} text={t(`maintenance.states.${row.state}`)} />,
    },
    { key: 'due', title: t('maintenance.due'), oneLine: true, value: (row) => row.due },
    {
      key: 'last',
      title: t('maintenance.last'),
      oneLine: true,
      value: (row) => (row.last === null ? null : shortTime(row.last)),
    },
    {
      key: 'every',
      title: t('maintenance.every'),
      unit: t('unit.days'),
      decimals: 0,
      value: (row) => row.everyDays,
      render: (row) => (
        <>
          {row.everyDays} {row.status === 'unverified' && <Unverified source={row.source} />}
        </>
      ),
    },
    { key: 'operator', title: t('operator'), value: (row) => row.operator, choices: true },
    ...(onWrite === undefined
      ? []
      : [
          {
            key: 'write',
            title: t('marks.action'),
            value: () => null,
            render: (row: Due) => (
              <Button size="small" onClick={() => onWrite({ outletId: row.outletId, kind: row.kind })}>
                {t('maintenance.write')}
              </Button>
            ),
          },
        ]),
  ]
  return (
    <Panel title={t('maintenance.dueTitle')}>
      <Async query={query} what={t('maintenance.dueTitle')} rows={4}>
        {(data) => (
          <DataTable
            id="due"
            caption={t('maintenance.dueTitle')}
            columns={columns}
            rows={data.items
              .filter((item) => due === 'all' || item.state !== 'in-date')
              .toSorted(
                (a, b) => order[a.state] - order[b.state] || (a.due ?? '').localeCompare(b.due ?? ''),
              )}
            rowKey={(row) => `${row.outletId} ${row.kind}`}
            maxHeight={360}
            exportName={t('maintenance.dueTitle')}
            empty={<Empty title={t('maintenance.allInDate')} />}
            tools={
              <ViewSwitch
                label={t('marks.list')}
                views={lists}
                view={due}
                name={(one) => t(`maintenance.lists.${one}`)}
                onChange={(next) => change({ due: next })}
              />
            }
          />
        )}
      </Async>
    </Panel>
  )
}
