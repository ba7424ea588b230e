import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Async } from '../../../components/states.tsx'
import type { Column } from '../../../components/table/column.ts'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { shortTime } from '../../../format/time.ts'
import { type Spell, spellsOf } from './missingSpells.ts'
import { useMissingHours, type Window } from './useStation.ts'

/** One reason for every missing hour, neighbouring hours of one reason as one spell. */
export function MissingPart({ id, window, days }: { id: number; window: Window; days: number }) {
  const { t } = useTranslation('station')
  const query = useMissingHours(id, window, days, true)
  const columns = useMemo<Column<Spell>[]>(
    () => [
      { key: 'from', title: t('from'), value: (row) => shortTime(row.fromMs) },
      { key: 'to', title: t('to'), oneLine: true, value: (row) => shortTime(row.toMs) },
      { key: 'hours', title: t('missing.hours'), decimals: 0, value: (row) => row.hours },
      { key: 'items', title: t('missing.items'), decimals: 0, value: (row) => row.items },
      { key: 'reason', title: t('missing.reason'), choices: true, value: (row) => row.reason },
      { key: 'detail', title: t('missing.detail'), value: (row) => row.detail },
    ],
    [t],
  )
  return (
    <Async query={query} what={t('missing.title')} rows={3}>
      {(data) => (
        <DataTable
          id="miss"
          caption={t('missing.title')}
          columns={columns}
          rows={spellsOf(data, id)}
          rowKey={(row) => row.fromMs}
          empty={t('missing.none')}
          maxHeight={220}
        />
      )}
    </Async>
  )
}
