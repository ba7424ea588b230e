import type { AirRanking } from '@shanshui/contract'
import type { Column } from '../../../components/table/column.ts'

type Entry = AirRanking['entries'][number]

export function rankingColumns(t: (key: string) => string): Column<Entry>[] {
  return [
    { key: 'name', title: t('ranking.city'), value: (entry) => (entry.own ? `${entry.name} ★` : entry.name) },
    { key: 'value', title: t('ranking.index'), decimals: 2, value: (entry) => entry.value },
    { key: 'rank', title: t('ranking.rank'), decimals: 0, value: (entry) => entry.rank },
    {
      key: 'interval',
      title: t('ranking.interval'),
      align: 'right',
      value: (entry) => (entry.best === entry.worst ? String(entry.best) : `${entry.best}–${entry.worst}`),
    },
    { key: 'tied', title: t('ranking.tied'), value: (entry) => (entry.tied ? t('day.yes') : null) },
    { key: 'source', title: t('ranking.source'), value: (entry) => entry.source },
  ]
}
