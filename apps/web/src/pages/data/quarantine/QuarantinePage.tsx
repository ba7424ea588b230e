import type { QuarantineItem } from '@shanshui/contract'
import { Select } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { choiceParam, textParam, useAddress } from '../../../address/useAddress.ts'
import { useQuarantine, useQuarantineGroups } from '../../../api/gateway.ts'
import { Page, Panel } from '../../../components/Page.tsx'
import { Async, Empty } from '../../../components/states.tsx'
import type { Column } from '../../../components/table/column.ts'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { shortTime } from '../../../format/time.ts'
import { FrameDrawer } from './FrameDrawer.tsx'
import css from './quarantine.module.css'

const states = ['open', 'released', 'dismissed'] as const
type State = (typeof states)[number]
const params = {
  reason: textParam(''),
  mn: textParam(''),
  state: choiceParam<State>(states, 'open'),
  frame: textParam(''),
}

/** Which frames were not trusted, why, and what shall become of them? */
export function QuarantinePage() {
  const { t } = useTranslation('data')
  const [{ reason, mn, state, frame }, change] = useAddress(params)
  const groups = useQuarantineGroups()
  const list = useQuarantine({ reason, mn, state })
  const columns = useColumns()
  return (
    <Page
      title={t('quarantine.title')}
      note={t('quarantine.note')}
      tools={
        <Select<State>
          size="small"
          aria-label={t('quarantine.state')}
          value={state}
          options={states.map((value) => ({ value, label: t(`quarantine.states.${value}`) }))}
          onChange={(next) => change({ state: next })}
        />
      }
    >
      <Panel title={t('quarantine.groups')}>
        <Async
          query={groups}
          what={t('quarantine.groups')}
          isEmpty={(data) => data.items.length === 0}
          empty={<Empty title={t('quarantine.none')} />}
        >
          {(data) => (
            <ul className={css.groups}>
              {data.items.map((group) => {
                const chosen = group.reason === reason && (group.mn ?? '') === mn
                const next = chosen ? { reason: '', mn: '' } : { reason: group.reason, mn: group.mn ?? '' }
                return (
                  <li key={`${group.reason} ${group.mn}`}>
                    <button type="button" aria-pressed={chosen} onClick={() => change(next)}>
                      <b>{group.reasonText}</b>
                      <span className="mono">{group.mn ?? t('quarantine.noMn')}</span>
                      <span>{t('quarantine.counts', { open: group.open, count: group.count })}</span>
                      <span className="muted">{t('quarantine.last', { at: shortTime(group.lastAt) })}</span>
                    </button>
                  </li>
                )
              })}
            </ul>
          )}
        </Async>
      </Panel>
      <Panel title={t('quarantine.list')}>
        <Async query={list} what={t('quarantine.list')}>
          {(data) => (
            <DataTable
              id="frames"
              caption={t('quarantine.list')}
              columns={columns}
              rows={data.items}
              rowKey={(row) => row.id}
              selectedKey={frame}
              onRow={(row) => change({ frame: row.id }, { replace: false })}
              exportName={t('quarantine.title')}
            />
          )}
        </Async>
      </Panel>
      <FrameDrawer id={frame} onClose={() => change({ frame: '' })} />
    </Page>
  )
}

function useColumns(): readonly Column<QuarantineItem>[] {
  const { t } = useTranslation('data')
  return useMemo(
    () => [
      { key: 'at', title: t('quarantine.at'), value: (row) => shortTime(row.receivedAt), width: 110 },
      { key: 'reason', title: t('quarantine.reason'), value: (row) => row.reasonText, choices: true },
      { key: 'detail', title: t('quarantine.detail'), value: (row) => row.detail },
      { key: 'mn', title: 'MN', value: (row) => row.mn },
      { key: 'cn', title: 'CN', value: (row) => row.cn, width: 70 },
      {
        key: 'dataTime',
        title: t('station.dataTime'),
        value: (row) => (row.dataTime === null ? null : shortTime(row.dataTime)),
        width: 110,
      },
      { key: 'address', title: t('station.address'), value: (row) => row.address },
      { key: 'bytes', title: t('quarantine.bytes'), value: (row) => row.bytes, decimals: 0, width: 80 },
    ],
    [t],
  )
}
