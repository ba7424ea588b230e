import type { SourceMark } from '@shanshui/contract'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { choiceParam, useAddress } from '../../../address/useAddress.ts'
import { useChangeMark, useSourceMarks } from '../../../api/sources.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { Panel } from '../../../components/Page.tsx'
import { Async, Empty } from '../../../components/states.tsx'
import type { Column } from '../../../components/table/column.ts'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { ViewSwitch } from '../../../components/ViewSwitch.tsx'
import { shortTime } from '../../../format/time.ts'
import { useSession } from '../../../session/session.tsx'
import { factorInfo } from '../parts/factor.ts'
import css from './marks.module.css'

const lists = ['waiting', 'all'] as const
const params = { list: choiceParam(lists, 'waiting') } as const

/** The bureau's side: late marks and others that wait; what was filed after an exceedance stands out. */
export function ReviewPart() {
  const { t } = useTranslation('monitoring')
  const { may } = useSession()
  const [{ list }, change] = useAddress(params)
  const query = useSourceMarks(list === 'waiting' ? { waiting: true } : {})
  const columns = useMarkColumns(may('source:judge'))
  return (
    <Panel>
      <Async query={query} what={t('marks.title')}>
        {(data) => (
          <DataTable
            id="marks"
            caption={t('marks.title')}
            columns={columns}
            rows={data.items}
            rowKey={(row) => row.id}
            exportName={t('marks.title')}
            empty={<Empty title={t(list === 'waiting' ? 'marks.noneWait' : 'marks.none')} />}
            tools={
              <ViewSwitch
                label={t('marks.list')}
                views={lists}
                view={list}
                name={(one) => t(`marks.lists.${one}`)}
                onChange={(next) => change({ list: next })}
              />
            }
          />
        )}
      </Async>
    </Panel>
  )
}

function useMarkColumns(judging: boolean): readonly Column<SourceMark>[] {
  const { t } = useTranslation('monitoring')
  return [
    {
      key: 'plant',
      title: t('plant'),
      value: (row) => row.enterprise.name,
      choices: true,
    },
    {
      key: 'outlet',
      title: t('outlet.title'),
      value: (row) => row.outletName,
      render: (row) => <Link to={`/sources/outlets/${row.outletId}`}>{row.outletName}</Link>,
    },
    {
      key: 'period',
      title: t('marks.period'),
      oneLine: true,
      value: (row) => `${shortTime(row.from)} – ${shortTime(row.to)}`,
    },
    {
      key: 'factor',
      title: t('outlet.factor'),
      value: (row) => (row.factor === null ? t('marks.allFactors') : factorInfo(row.factor).name),
    },
    { key: 'item', title: t('marks.item'), value: (row) => row.itemName, choices: true, oneLine: true },
    { key: 'origin', title: t('origin.title'), value: (row) => t(`origin.${row.origin}`), choices: true },
    { key: 'reason', title: t('reason'), value: (row) => row.reason },
    {
      key: 'filed',
      title: t('marks.filed'),
      value: (row) => `${shortTime(row.filedAt)} ${row.filedBy}`,
      render: (row) => (
        <>
          <span className={css.oneLine}>{shortTime(row.filedAt)}</span> {row.filedBy}
          {row.late && <b className={css.late}> {t('marks.lateShort')}</b>}
          {row.afterExceedance && <b className="worse"> {t('marks.afterExceedance')}</b>}
        </>
      ),
    },
    {
      key: 'state',
      title: t('online.state'),
      choices: true,
      oneLine: true,
      value: (row) => t(`markState.${row.state}`),
    },
    ...(judging
      ? [
          {
            key: 'decide',
            title: t('marks.decide'),
            value: () => null,
            render: (row: SourceMark) => (row.state === 'filed' ? <Decision mark={row} /> : '–'),
          },
        ]
      : []),
  ]
}

function Decision({ mark }: { mark: SourceMark }) {
  const { t } = useTranslation('monitoring')
  const [reason, setReason] = useState('')
  const decide = useChangeMark()
  const ready = reason.trim().length >= 2
  const send = (decision: 'accept' | 'reject'): void =>
    decide.mutate({ review: mark.id, decision, reason: reason.trim() })
  return (
    <div className={css.decision}>
      <Input
        size="small"
        aria-label={t('marks.opinion')}
        placeholder={t('marks.opinion')}
        value={reason}
        maxLength={400}
        onChange={(event) => setReason(event.target.value)}
      />
      <Button size="small" disabled={!ready} loading={decide.isPending} onClick={() => send('accept')}>
        {t('marks.accept')}
      </Button>
      <Button size="small" disabled={!ready} loading={decide.isPending} onClick={() => send('reject')}>
        {t('marks.reject')}
      </Button>
      {decide.error !== null && <ErrorPanel error={decide.error} what={t('marks.decide')} />}
    </div>
  )
}
