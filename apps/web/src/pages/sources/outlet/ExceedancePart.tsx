import type { Exceedance } from '@shanshui/contract'
import { useTranslation } from 'react-i18next'
import { integerParam, useAddress } from '../../../address/useAddress.ts'
import { type Span, useExceedances } from '../../../api/sources.ts'
import { Panel } from '../../../components/Page.tsx'
import { Async, Empty } from '../../../components/states.tsx'
import type { Column } from '../../../components/table/column.ts'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { shortTime } from '../../../format/time.ts'
import { factorInfo, limitText, MULTIPLE_DECIMALS } from '../parts/factor.ts'
import { ExceedanceDrawer } from './ExceedanceDrawer.tsx'
import { limitBasis } from './LimitReason.tsx'
import css from './outlet.module.css'

const params = { exceedance: integerParam(0, 0) } as const

/** Exceedances of the window: how long, how far, how far the evidence carries, and against which limit. */
export function ExceedancePart({ outletId, span }: { outletId: number; span: Span }) {
  const { t } = useTranslation('monitoring')
  const query = useExceedances({ outletId, ...span })
  const [{ exceedance }, change] = useAddress(params)
  const columns: Column<Exceedance>[] = [
    {
      key: 'from',
      title: t('exceedance.from'),
      oneLine: true,
      value: (row) => shortTime(row.from),
    },
    { key: 'factor', title: t('outlet.factor'), value: (row) => factorInfo(row.factor).name, choices: true },
    {
      key: 'kind',
      title: t('exceedance.kind'),
      oneLine: true,
      value: (row) => t(`exceedance.kinds.${row.kind}`),
    },
    { key: 'hours', title: t('exceedance.length'), decimals: 0, value: (row) => row.hours },
    {
      key: 'max',
      title: t('exceedance.max'),
      value: (row) => row.maxValue,
      decimals: 2,
      render: (row) => (
        <>
          <b className="worse">{row.maxValue.toFixed(factorInfo(row.factor).decimals)}</b>
          <span className="muted">/{limitText(row.limit.value)}</span>
        </>
      ),
    },
    {
      key: 'multiple',
      title: t('exceedance.multiple'),
      decimals: MULTIPLE_DECIMALS,
      value: (row) => row.multiple,
    },
    {
      key: 'grade',
      title: t('exceedance.grade'),
      choices: true,
      align: 'center',
      value: (row) => row.grade,
      render: (row) => <span title={row.gradeReasons.join('；')}>{row.grade}</span>,
    },
    {
      key: 'state',
      title: t('online.state'),
      choices: true,
      oneLine: true,
      value: (row) => t(`exceedance.states.${row.state}`),
    },
    {
      key: 'why',
      title: t('exceedance.why'),
      value: (row) =>
        [...row.gradeReasons, limitBasis(row.limit), row.stateReason ?? '']
          .filter((text) => text !== '')
          .join('；'),
    },
  ]
  return (
    <Panel title={t('exceedance.title')} className={css.wide ?? ''}>
      <Async
        query={query}
        what={t('exceedance.title')}
        rows={3}
        isEmpty={(data) => data.items.length === 0}
        empty={<Empty title={t('exceedance.none')} />}
      >
        {(data) => (
          <DataTable
            id="exc"
            caption={t('exceedance.title')}
            columns={columns}
            rows={data.items}
            rowKey={(row) => row.id}
            maxHeight={320}
            onRow={(row) => change({ exceedance: row.id }, { replace: false })}
            exportName={t('exceedance.title')}
          />
        )}
      </Async>
      <ExceedanceDrawer id={exceedance} onClose={() => change({ exceedance: 0 })} />
    </Panel>
  )
}
