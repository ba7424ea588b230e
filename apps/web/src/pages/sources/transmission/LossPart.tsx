import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useSourceMissingHours } from '../../../api/sources.ts'
import { Panel } from '../../../components/Page.tsx'
import { Async } from '../../../components/states.tsx'
import type { Column } from '../../../components/table/column.ts'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { addDays } from '../../../format/time.ts'
import { countMissing, type ReasonCount } from '../parts/missingSpells.ts'

const DAYS = 7

/** What was lost in the last week of the window, by reason and by whose matter it is. */
export function LossPart({ to, enterpriseId }: { to: string; enterpriseId: number | undefined }) {
  const { t } = useTranslation('monitoring')
  const from = `${addDays(to, 1 - DAYS)}T00:00:00+08:00`
  const query = useSourceMissingHours({ from, hours: DAYS * 24, enterpriseId })
  const rows = useMemo(() => (query.data === undefined ? [] : countMissing(query.data)), [query.data])
  const columns: Column<ReasonCount>[] = [
    { key: 'text', title: t('missing.reason'), value: (row) => row.text },
    { key: 'party', title: t('missing.party'), value: (row) => row.party, choices: true },
    { key: 'hours', title: t('missing.outletHours'), decimals: 0, value: (row) => row.hours },
    { key: 'outlets', title: t('transmission.outlets'), decimals: 0, value: (row) => row.outlets },
  ]
  return (
    <Panel title={t('missing.lossTitle', { from: addDays(to, 1 - DAYS), to })}>
      <Async query={query} what={t('missing.title')} rows={3}>
        {() =>
          rows.length === 0 ? (
            <p className="better">{t('missing.none', { count: DAYS * 24 })}</p>
          ) : (
            <DataTable
              id="loss"
              caption={t('missing.title')}
              columns={columns}
              rows={rows}
              rowKey={(row) => row.code}
              compact
            />
          )
        }
      </Async>
    </Panel>
  )
}
