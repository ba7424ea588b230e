import {
  type Obligation,
  type ObligationKind,
  type ObligationState,
  obligationKinds,
  obligationStates,
} from '@shanshui/contract'
import { Button, Select } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useObligations } from '../../../api/permits.ts'
import { Async, Empty } from '../../../components/states.tsx'
import type { Column } from '../../../components/table/column.ts'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { pagedRows } from '../../../components/table/pagedRows.ts'
import { today } from '../../../format/time.ts'
import { useSession } from '../../../session/session.tsx'
import { ObligationAction } from './ObligationAction.tsx'
import css from './permits.module.css'

interface Props {
  readonly year: number
  readonly regionCode: number
  readonly enterpriseId: number
  readonly state: string
  readonly kind: string
  readonly day: string
  readonly onChange: (patch: { state?: string; kind?: string; day?: string; enterprise?: number }) => void
}

/** Obligations by their deadline. */
export function ObligationList(props: Props) {
  const { year, regionCode, enterpriseId, day, onChange } = props
  const { t } = useTranslation('permits')
  const state = obligationStates.find((one) => one === props.state)
  const kind = obligationKinds.find((one) => one === props.kind)
  const query = useObligations({
    regionCode,
    enterpriseId: enterpriseId === 0 ? undefined : enterpriseId,
    state,
    kind,
    from: day === '' ? `${year}-01-01` : day,
    // What this year ends with falls due in the first days of the next.
    to: day !== '' ? day : year < Number(today().slice(0, 4)) ? `${year}-12-31` : undefined,
  })
  const [acting, setActing] = useState<Obligation>()
  const columns = useObligationColumns(setActing)
  const { rows, paging } = pagedRows(query)
  const narrowed = enterpriseId !== 0 || day !== ''
  return (
    <>
      <div className={css.row}>
        <Select<ObligationState | ''>
          size="small"
          aria-label={t('column.state')}
          value={state ?? ''}
          style={{ width: 130 }}
          options={[
            { value: '', label: t('allStates') },
            ...obligationStates.map((value) => ({ value, label: t(`state.${value}`) })),
          ]}
          onChange={(value) => onChange({ state: value })}
        />
        <Select<ObligationKind | ''>
          size="small"
          aria-label={t('column.kind')}
          value={kind ?? ''}
          style={{ width: 130 }}
          options={[
            { value: '', label: t('allKinds') },
            ...obligationKinds.map((value) => ({ value, label: t(`kind.${value}`) })),
          ]}
          onChange={(value) => onChange({ kind: value })}
        />
        {narrowed && (
          <>
            <span className="muted">
              {[enterpriseId === 0 ? '' : (rows[0]?.enterpriseName ?? ''), day]
                .filter((part) => part !== '')
                .join('，')}
            </span>
            <Button size="small" onClick={() => onChange({ enterprise: 0, day: '' })}>
              {t('all')}
            </Button>
          </>
        )}
      </div>
      <Async
        query={query}
        what={t('view.list')}
        isEmpty={() => rows.length === 0}
        empty={<Empty title={t('empty.obligations')} hint={t('empty.obligationsHint')} />}
      >
        {() => (
          <DataTable
            id="ob"
            caption={t('view.list')}
            columns={columns}
            rows={rows}
            rowKey={(row) => row.id}
            paging={paging}
          />
        )}
      </Async>
      {acting !== undefined && <ObligationAction obligation={acting} onClose={() => setActing(undefined)} />}
    </>
  )
}

const tones: Readonly<Record<ObligationState, string>> = {
  due: '',
  done: 'better',
  overdue: 'worse',
  exempt: 'muted',
  waived: 'muted',
}

function useObligationColumns(onAct: (obligation: Obligation) => void): readonly Column<Obligation>[] {
  const { t } = useTranslation('permits')
  const { may } = useSession()
  const canAct = may('permit:submit') || may('permit:write')
  return useMemo(() => {
    const columns: Column<Obligation>[] = [
      { key: 'due', title: t('column.dueOn'), oneLine: true, value: (row) => row.dueOn },
      {
        key: 'state',
        title: t('column.state'),
        oneLine: true,
        value: (row) => t(`state.${row.state}`) + (row.late ? `（${t('late')}）` : ''),
        render: (row) => (
          <b className={tones[row.state]}>
            {t(`state.${row.state}`)}
            {row.late && `（${t('late')}）`}
          </b>
        ),
      },
      { key: 'title', title: t('column.obligation'), value: (row) => row.title },
      {
        key: 'enterprise',
        title: t('column.enterprise'),
        value: (row) => row.enterpriseName,
        render: (row) => <Link to={`/sources/permits/${row.permitId}`}>{row.enterpriseName}</Link>,
      },
      {
        key: 'found',
        title: t('column.found'),
        align: 'right',
        value: (row) => (row.kind === 'self-monitoring' ? `${row.found}/${row.required}` : ''),
      },
      { key: 'evidence', title: t('column.evidence'), value: (row) => row.evidence ?? row.reason },
      {
        key: 'lead',
        title: t('column.lead'),
        value: (row) => row.leadId,
        render: (row) =>
          row.leadId === null ? null : <Link to={`/leads?lead=${row.leadId}`}>{row.leadId}</Link>,
      },
      { key: 'clause', title: t('column.clause'), hidden: true, value: (row) => row.clause },
    ]
    if (!canAct) return columns
    columns.push({
      key: 'act',
      title: t('column.act'),
      value: () => null,
      render: (row) =>
        row.state === 'due' || row.state === 'overdue' ? (
          <Button size="small" type="link" onClick={() => onAct(row)}>
            {t('act')}
          </Button>
        ) : null,
    })
    return columns
  }, [t, onAct, canAct])
}
