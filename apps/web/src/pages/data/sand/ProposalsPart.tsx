import type { SandProposal, SandProposalList } from '@shanshui/contract'
import { Button } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../../components/Page.tsx'
import { Empty } from '../../../components/states.tsx'
import type { Column } from '../../../components/table/column.ts'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { Unverified } from '../../../components/Unverified.tsx'
import { shortTime } from '../../../format/time.ts'

interface Props {
  readonly data: SandProposalList
  readonly onConfirm: ((proposal: SandProposal) => void) | undefined
}

/** Periods that meet the criteria; the criteria stand beside them with source and status. A person decides. */
export function ProposalsPart({ data, onConfirm }: Props) {
  const { t } = useTranslation('data')
  const columns = useColumns(onConfirm)
  return (
    <Panel title={t('sand.proposals')}>
      <p className="muted">
        {data.criteria.map((criterion) => (
          <span key={criterion.key} style={{ marginRight: 14 }}>
            {criterion.title} {criterion.value} {criterion.unit}{' '}
            {criterion.status === 'unverified' && <Unverified source={criterion.source} />}
          </span>
        ))}
      </p>
      {data.items.length === 0 ? (
        <Empty title={t('sand.noProposals')} />
      ) : (
        <DataTable
          id="proposals"
          caption={t('sand.proposals')}
          columns={columns}
          rows={data.items}
          rowKey={(row) => row.from}
          exportName={t('sand.proposals')}
        />
      )}
    </Panel>
  )
}

function useColumns(onConfirm: Props['onConfirm']): readonly Column<SandProposal>[] {
  const { t } = useTranslation('data')
  return useMemo(
    () => [
      { key: 'from', title: t('sand.from'), value: (row) => shortTime(row.from), width: 110 },
      { key: 'to', title: t('sand.to'), value: (row) => shortTime(row.to), width: 110 },
      { key: 'hours', title: t('sand.hours'), unit: 'h', value: (row) => row.hours, decimals: 0 },
      { key: 'peak', title: t('sand.peak'), unit: 'µg/m³', value: (row) => row.peakPm10, decimals: 0 },
      { key: 'before', title: t('sand.before'), unit: 'µg/m³', value: (row) => row.meanBefore, decimals: 0 },
      { key: 'ended', title: t('sand.ended'), value: (row) => t(row.ended ? 'sand.yes' : 'sand.no') },
      {
        key: 'state',
        title: t('sand.state'),
        value: (row) => t(row.confirmed === null ? 'sand.open' : 'sand.isConfirmed'),
        choices: true,
        render: (row) =>
          row.confirmed === null && onConfirm !== undefined ? (
            <Button size="small" onClick={() => onConfirm(row)}>
              {t('sand.confirm')}
            </Button>
          ) : (
            t(row.confirmed === null ? 'sand.open' : 'sand.isConfirmed')
          ),
      },
    ],
    [t, onConfirm],
  )
}
