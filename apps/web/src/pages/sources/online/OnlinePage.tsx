import { Input, Segmented, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { choiceParam, textParam, useAddress } from '../../../address/useAddress.ts'
import { scoped } from '../../../api/scoped.ts'
import { useSourceOutlets } from '../../../api/sources.ts'
import { useScope } from '../../../app/layout/useScope.ts'
import { Page, Panel } from '../../../components/Page.tsx'
import { Async, Empty } from '../../../components/states.tsx'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { pagedRows } from '../../../components/table/pagedRows.ts'
import { ExceedingNowPart } from './ExceedingNowPart.tsx'
import { useOutletColumns } from './useOutletColumns.tsx'

const mediums = ['air', 'water'] as const
const states = ['', 'exceeding', 'marked', 'stopped', 'missing', 'offline', 'normal'] as const
type StateChoice = (typeof states)[number]
const params = {
  medium: choiceParam(mediums, 'air'),
  state: choiceParam<StateChoice>(states, ''),
  search: textParam(),
} as const

/** Who exceeds now, and what does every outlet say at this hour? */
export function OnlinePage() {
  const { t } = useTranslation('monitoring')
  const [{ medium, state, search }, change] = useAddress(params)
  const [{ region }] = useScope()
  const query = useSourceOutlets({ medium, state, search, regionCode: scoped(region) })
  const columns = useOutletColumns(medium)
  const { rows, paging } = pagedRows(query)
  return (
    <Page title={t('online.title')} note={t('online.note')}>
      <ExceedingNowPart />
      <Panel>
        <Async query={query} what={t('online.outlets')}>
          {() => (
            <DataTable
              id="outlets"
              caption={t('online.outlets')}
              columns={columns}
              rows={rows}
              rowKey={(row) => row.id}
              exportName={t('online.outlets')}
              paging={paging}
              empty={<Empty title={t('online.none')} hint={t('online.noneHint')} />}
              tools={
                <>
                  <Segmented<'air' | 'water'>
                    size="small"
                    aria-label={t('medium.title')}
                    value={medium}
                    options={mediums.map((value) => ({ value, label: t(`medium.${value}`) }))}
                    onChange={(next) => change({ medium: next })}
                  />
                  <Select<StateChoice>
                    size="small"
                    aria-label={t('online.state')}
                    style={{ width: 120 }}
                    value={state}
                    options={states.map((value) => ({
                      value,
                      label: value === '' ? t('online.allStates') : t(`outletState.${value}`),
                    }))}
                    onChange={(next) => change({ state: next })}
                  />
                  <Input.Search
                    size="small"
                    allowClear
                    style={{ width: 200 }}
                    aria-label={t('online.search')}
                    placeholder={t('online.search')}
                    defaultValue={search}
                    onSearch={(text) => change({ search: text.trim() })}
                  />
                </>
              }
            />
          )}
        </Async>
      </Panel>
    </Page>
  )
}
