import type { Target } from '@shanshui/contract'
import { Button } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { integerParam, useAddress } from '../../address/useAddress.ts'
import { useTargets } from '../../api/targets.ts'
import { FigureValue } from '../../components/figure/FigureValue.tsx'
import { Page, Panel } from '../../components/Page.tsx'
import { Async, Empty } from '../../components/states.tsx'
import type { Column } from '../../components/table/column.ts'
import { DataTable } from '../../components/table/DataTable.tsx'
import { today } from '../../format/time.ts'
import { useSession } from '../../session/session.tsx'
import { YearStep } from '../air/year/YearStep.tsx'
import { TargetDrawer } from './TargetDrawer.tsx'

const sign = { '<=': '≤', '>=': '≥', '=': '=', '<': '<', '>': '>' } as const
const tone = {
  met: 'better',
  'on-track': 'better',
  'at-risk': 'worse',
  missed: 'worse',
  unknown: 'muted',
} as const

/** Are we on target, and what would it take? */
export function TargetsPage() {
  const { t } = useTranslation('targets')
  const { may } = useSession()
  const thisYear = Number(today().slice(0, 4))
  const params = useMemo(() => ({ year: integerParam(thisYear, 1990, 2100) }), [thisYear])
  const [{ year }, change] = useAddress(params)
  const query = useTargets(year)
  const [opened, setOpened] = useState<Target | 'new'>()
  const write = may('target:write')
  const columns = useColumns(write ? setOpened : undefined)
  return (
    <Page
      title={t('title', { year })}
      note={t('note')}
      tools={
        <>
          <YearStep year={year} last={thisYear + 1} onChange={(next) => change({ year: next })} />
          {write && (
            <Button type="primary" size="small" onClick={() => setOpened('new')}>
              {t('create')}
            </Button>
          )}
        </>
      }
    >
      <Panel>
        <Async
          query={query}
          what={t('title', { year })}
          isEmpty={(data) => data.items.length === 0}
          empty={<Empty title={t('empty', { year })} hint={t('emptyHint')} />}
        >
          {(data) => (
            <DataTable
              id="targets"
              caption={t('title', { year })}
              columns={columns}
              rows={data.items}
              rowKey={(row) => row.id}
              exportName={t('title', { year })}
            />
          )}
        </Async>
      </Panel>
      {opened !== undefined && query.data !== undefined && (
        <TargetDrawer
          year={year}
          target={opened === 'new' ? undefined : opened}
          indicators={query.data.indicators}
          onClose={() => setOpened(undefined)}
        />
      )}
    </Page>
  )
}

function useColumns(onEdit: ((target: Target) => void) | undefined): readonly Column<Target>[] {
  const { t } = useTranslation('targets')
  return useMemo(() => {
    const columns: Column<Target>[] = [
      { key: 'title', title: t('column.title'), value: (row) => row.title },
      { key: 'indicator', title: t('column.indicator'), value: (row) => row.indicatorTitle, choices: true },
      {
        key: 'reach',
        title: t('column.reach'),
        align: 'right',
        value: (row) => `${sign[row.comparison]} ${row.reach} ${row.unit}`,
      },
      {
        key: 'current',
        title: t('column.current'),
        align: 'right',
        value: (row) => row.evaluation.current.value,
        render: (row) => <FigureValue figure={row.evaluation.current} unit />,
      },
      {
        key: 'distance',
        title: t('column.distance'),
        align: 'right',
        value: (row) => row.evaluation.distanceText,
      },
      {
        key: 'status',
        title: t('column.status'),
        choices: true,
        oneLine: true,
        value: (row) => t(`status.${row.evaluation.status}`),
        render: (row) => (
          <b className={tone[row.evaluation.status]}>{t(`status.${row.evaluation.status}`)}</b>
        ),
      },
      { key: 'takes', title: t('column.takes'), value: (row) => row.evaluation.whatItTakes },
      { key: 'source', title: t('column.source'), value: (row) => row.source },
    ]
    if (onEdit === undefined) return columns
    columns.push({
      key: 'act',
      title: t('column.act'),
      value: () => null,
      render: (row) => (
        <Button size="small" type="link" onClick={() => onEdit(row)}>
          {t('edit')}
        </Button>
      ),
    })
    return columns
  }, [t, onEdit])
}
