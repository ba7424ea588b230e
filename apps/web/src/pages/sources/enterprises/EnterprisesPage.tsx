import type { EnterpriseSummary } from '@shanshui/contract'
import { Button, Input, Select } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { textParam, useAddress } from '../../../address/useAddress.ts'
import { useEnterprises } from '../../../api/enterprises.ts'
import { useFeatures } from '../../../api/registry.ts'
import { scoped } from '../../../api/scoped.ts'
import { useScope } from '../../../app/layout/useScope.ts'
import { Page, Panel } from '../../../components/Page.tsx'
import { Async, Empty } from '../../../components/states.tsx'
import type { Column } from '../../../components/table/column.ts'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { pagedRows } from '../../../components/table/pagedRows.ts'
import { useSession } from '../../../session/session.tsx'
import css from './enterprises.module.css'
import { useEnterpriseLabels } from './useEnterpriseLabels.ts'

const params = { search: textParam(), sector: textParam(), permitClass: textParam(), park: textParam() }
type Filter = 'sector' | 'permitClass'

/** Which plants are there, and at which of them is something open? */
export function EnterprisesPage() {
  const { t } = useTranslation('enterprises')
  const { may } = useSession()
  const [{ search, sector, permitClass, park }, change] = useAddress(params)
  const [{ region }] = useScope()
  const { options } = useEnterpriseLabels()
  const parks = useFeatures('park')
  const query = useEnterprises({
    search,
    sector,
    permitClass,
    parkCode: park,
    regionCode: scoped(region),
  })
  const columns = useColumns()
  const { rows, paging } = pagedRows(query)
  const choice = (key: Filter, value: string) => (
    <Select<string>
      size="small"
      style={{ width: 140 }}
      aria-label={t(`list.${key}`)}
      value={value}
      options={[{ value: '', label: t(`list.all.${key}`) }, ...options('enterprise', key)]}
      onChange={(next) => change({ [key]: next })}
    />
  )
  return (
    <Page
      title={t('list.title')}
      note={t('list.note')}
      tools={
        may('registry:write') && (
          <Link to="/sources/mergers">
            <Button size="small">{t('list.mergers')}</Button>
          </Link>
        )
      }
    >
      <Panel>
        <Async query={query} what={t('list.title')} rows={12}>
          {() => (
            <DataTable
              id="enterprises"
              caption={t('list.title')}
              columns={columns}
              rows={rows}
              rowKey={(row) => row.id}
              paging={paging}
              empty={<Empty title={t('list.none')} hint={t('list.noneHint')} />}
              tools={
                <>
                  <Input.Search
                    size="small"
                    allowClear
                    style={{ width: 220 }}
                    aria-label={t('list.search')}
                    placeholder={t('list.search')}
                    defaultValue={search}
                    onSearch={(next) => change({ search: next.trim() })}
                  />
                  {choice('sector', sector)}
                  {choice('permitClass', permitClass)}
                  {(parks.data?.items.length ?? 0) > 0 && (
                    <Select<string>
                      size="small"
                      style={{ width: 160 }}
                      aria-label={t('list.park')}
                      value={park}
                      options={[
                        { value: '', label: t('list.all.park') },
                        ...(parks.data?.items ?? []).map((one) => ({ value: one.code, label: one.name })),
                      ]}
                      onChange={(next) => change({ park: next })}
                    />
                  )}
                </>
              }
            />
          )}
        </Async>
      </Panel>
    </Page>
  )
}

const openOf = (row: EnterpriseSummary): number => row.open.reduce((sum, { count }) => sum + count, 0)

function useColumns(): readonly Column<EnterpriseSummary>[] {
  const { t } = useTranslation('enterprises')
  const { label } = useEnterpriseLabels()
  return useMemo(
    () => [
      {
        key: 'name',
        title: t('list.name'),
        value: (row) => row.name,
        render: (row) => (
          <>
            <Link to={`/sources/enterprises/${row.id}`}>{row.name}</Link>
            {row.formerNames.length > 0 && (
              <span className="muted"> {t('list.former', { names: row.formerNames.join('、') })}</span>
            )}
          </>
        ),
      },
      {
        key: 'open',
        title: t('list.open'),
        value: openOf,
        decimals: 0,
        align: 'left',
        width: 210,
        render: (row) => (
          <span className={css.open}>
            {row.open.every(({ count }) => count === 0) && '—'}
            {row.open
              .filter(({ count }) => count > 0)
              .map(({ kind, count }) => (
                <span key={kind}>{t(`open.${kind}`, { count })}</span>
              ))}
          </span>
        ),
      },
      { key: 'region', title: t('list.region'), value: (row) => row.regionName, oneLine: true },
      {
        key: 'sector',
        title: t('list.sector'),
        value: (row) => label('enterprise', 'sector', row.sector),
      },
      {
        key: 'industry',
        title: t('list.industry'),
        value: (row) => `${row.industryName} ${row.industry}`,
        hidden: true,
      },
      {
        key: 'permitClass',
        title: t('list.permitClass'),
        value: (row) => label('enterprise', 'permitClass', row.permitClass),
        oneLine: true,
      },
      { key: 'park', title: t('list.park'), value: (row) => row.parkName },
      { key: 'air', title: t('list.air'), value: (row) => row.outlets.air, decimals: 0 },
      { key: 'water', title: t('list.water'), value: (row) => row.outlets.water, decimals: 0 },
      { key: 'devices', title: t('list.devices'), value: (row) => row.devices, decimals: 0 },
      { key: 'code', title: t('list.code'), value: (row) => row.code, oneLine: true, hidden: true },
    ],
    [t, label],
  )
}
