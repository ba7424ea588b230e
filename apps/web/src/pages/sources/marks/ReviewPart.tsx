import type { SourceMark } from '@shanshui/contract'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { choiceParam, useAddress } from '../../../address/useAddress.ts'
import { useSourceMarks } from '../../../api/sources.ts'
import { Panel } from '../../../components/Page.tsx'
import { Async, Empty } from '../../../components/states.tsx'
import type { Column } from '../../../components/table/column.ts'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { ViewSwitch } from '../../../components/ViewSwitch.tsx'
import { shortTime } from '../../../format/time.ts'
import { useSession } from '../../../session/session.tsx'
import { factorInfo } from '../parts/factor.ts'
import { outletColumns } from '../parts/outletColumns.tsx'
import css from './marks.module.css'
import { periodText } from './periodText.ts'
import { ReviewDialog } from './ReviewDialog.tsx'

const lists = ['waiting', 'all'] as const
const params = { list: choiceParam(lists, 'waiting') } as const

/** The bureau's side: late marks and others that wait; what was filed after an exceedance stands out. */
export function ReviewPart() {
  const { t } = useTranslation('monitoring')
  const { may } = useSession()
  const [{ list }, change] = useAddress(params)
  const query = useSourceMarks(list === 'waiting' ? { waiting: true } : {})
  const [opened, setOpened] = useState<SourceMark>()
  const columns = useMarkColumns(may('source:judge') ? setOpened : undefined)
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
      {opened !== undefined && <ReviewDialog mark={opened} onClose={() => setOpened(undefined)} />}
    </Panel>
  )
}

function useMarkColumns(open: ((mark: SourceMark) => void) | undefined): readonly Column<SourceMark>[] {
  const { t } = useTranslation('monitoring')
  return [
    ...outletColumns<SourceMark>(t),
    {
      key: 'period',
      title: t('marks.period'),
      oneLine: true,
      value: (row) => periodText(row.from, row.to, true),
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
          {row.late && <b className={`${css.late} ${css.oneLine}`}> {t('marks.lateShort')}</b>}
          {row.afterExceedance && <b className={`worse ${css.oneLine}`}> {t('marks.afterExceedance')}</b>}
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
    ...(open === undefined
      ? []
      : [
          {
            key: 'decide',
            title: t('marks.decide'),
            value: () => null,
            render: (row: SourceMark) =>
              row.state === 'filed' ? (
                <Button size="small" onClick={() => open(row)}>
                  {t('marks.decide')}
                </Button>
              ) : (
                '–'
              ),
          },
        ]),
  ]
}
