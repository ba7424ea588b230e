import type { SandPeriod } from '@shanshui/contract'
import { airItemInfo, itemByCode } from '@shanshui/standards'
import { Button } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { integerParam, useAddress } from '../../../address/useAddress.ts'
import { useSandPeriods, useSandProposals } from '../../../api/review.ts'
import { Page, Panel } from '../../../components/Page.tsx'
import { Async, Empty } from '../../../components/states.tsx'
import type { Column } from '../../../components/table/column.ts'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { fullTime, shortTime, today } from '../../../format/time.ts'
import { useSession } from '../../../session/session.tsx'
import { useCity } from '../../air/basis/useCity.ts'
import { YearStep } from '../../air/year/YearStep.tsx'
import { ProposalsPart } from './ProposalsPart.tsx'
import { type SandChange, SandDialog } from './SandDialog.tsx'

/** Which hours were sand, who said so, and what else looks like it? */
export function SandPage() {
  const { t } = useTranslation('data')
  const { may } = useSession()
  const thisYear = Number(today().slice(0, 4))
  const params = useMemo(() => ({ year: integerParam(thisYear, 1990, 2100) }), [thisYear])
  const [{ year }, change] = useAddress(params)
  const { id } = useCity()
  const from = `${year}-01-01`
  const to = `${year + 1}-01-01`
  const periods = useSandPeriods(id, from, to)
  const proposals = useSandProposals(id, from, to)
  const [asked, setAsked] = useState<SandChange>()
  const confirmable = may('sand:confirm')
  const columns = useColumns(confirmable ? (period) => setAsked({ type: 'withdraw', period }) : undefined)
  return (
    <Page
      title={t('sand.title', { year })}
      note={t('sand.note')}
      tools={<YearStep year={year} last={thisYear} onChange={(next) => change({ year: next })} />}
    >
      <Panel title={t('sand.confirmed')}>
        <Async
          query={periods}
          what={t('sand.confirmed')}
          isEmpty={(data) => data.items.length === 0}
          empty={<Empty title={t('sand.none')} />}
        >
          {(data) => (
            <DataTable
              id="sand"
              caption={t('sand.confirmed')}
              columns={columns}
              rows={data.items}
              rowKey={(row) => row.id}
              exportName={t('sand.title', { year })}
            />
          )}
        </Async>
      </Panel>
      <Async query={proposals} what={t('sand.proposals')}>
        {(data) => (
          <ProposalsPart
            data={data}
            onConfirm={confirmable ? (proposal) => setAsked({ type: 'confirm', proposal }) : undefined}
          />
        )}
      </Async>
      {asked !== undefined && <SandDialog change={asked} onClose={() => setAsked(undefined)} />}
    </Page>
  )
}

function nameOf(code: string): string {
  const item = itemByCode(code)
  return item === undefined ? code : airItemInfo[item].zh
}

function useColumns(onWithdraw: ((period: SandPeriod) => void) | undefined): readonly Column<SandPeriod>[] {
  const { t } = useTranslation('data')
  return useMemo(() => {
    const columns: Column<SandPeriod>[] = [
      { key: 'from', title: t('sand.from'), value: (row) => shortTime(row.from), width: 110 },
      { key: 'to', title: t('sand.to'), value: (row) => shortTime(row.to), width: 110 },
      {
        key: 'factors',
        title: t('sand.factors'),
        value: (row) => row.factors.map(nameOf).join('、'),
        oneLine: true,
      },
      { key: 'scope', title: t('sand.scope'), value: (row) => t(`sand.scopes.${row.scope}`), width: 110 },
      { key: 'reason', title: t('sand.reason'), value: (row) => row.reason },
      { key: 'by', title: t('sand.by'), value: (row) => `${row.byName} ${fullTime(row.at)}` },
      {
        key: 'state',
        title: t('sand.state'),
        choices: true,
        value: (row) => t(row.withdrawn === null ? 'sand.inForce' : 'sand.withdrawn'),
        render: (row) =>
          row.withdrawn === null ? (
            t('sand.inForce')
          ) : (
            <span className="muted" title={row.withdrawn.reason}>
              {t('sand.withdrawn')} {row.withdrawn.byName}
            </span>
          ),
      },
    ]
    if (onWithdraw === undefined) return columns
    columns.push({
      key: 'act',
      title: t('sand.act'),
      value: () => null,
      render: (row) =>
        row.withdrawn === null ? (
          <Button size="small" type="link" onClick={() => onWithdraw(row)}>
            {t('sand.withdraw')}
          </Button>
        ) : null,
    })
    return columns
  }, [t, onWithdraw])
}
