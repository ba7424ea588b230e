import { type Draw, drawStateTitles, type PoolKind, poolKinds, poolKindTitles } from '@shanshui/contract'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { choiceParam, integerParam, useAddress } from '../../../address/useAddress.ts'
import {
  useBuildPools,
  useDraws,
  useInspectionRefresh,
  usePools,
  usePoolUnits,
} from '../../../api/inspections.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { Page, Panel } from '../../../components/Page.tsx'
import { ScrollRegion } from '../../../components/ScrollRegion.tsx'
import { Async, Empty } from '../../../components/states.tsx'
import type { Column } from '../../../components/table/column.ts'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { pagedRows } from '../../../components/table/pagedRows.ts'
import { Unverified } from '../../../components/Unverified.tsx'
import { shortTime } from '../../../format/time.ts'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import { useSession } from '../../../session/session.tsx'
import { useRegion } from '../useRegion.ts'
import { DrawDrawer } from './DrawDrawer.tsx'
import { DrawForm } from './DrawForm.tsx'
import css from './draws.module.css'
import { UnitsTable } from './UnitsTable.tsx'

const params = { draw: integerParam(0, 0), pool: choiceParam([...poolKinds, ''] as const, '') }

/** Was the draw fair, and can anybody repeat it? */
export function DrawsPage() {
  const { t } = useTranslation('inspections')
  const { may } = useSession()
  const regionCode = useRegion()
  const [state, change] = useAddress(params)
  const [drawing, setDrawing] = useState(false)
  const pools = usePools(regionCode)
  useInspectionRefresh()
  return (
    <Page
      title={t('draw.title')}
      note={t('draw.note')}
      tools={
        may('inspection:draw') && (
          <>
            <BuildPools regionCode={regionCode} />
            <Button type="primary" size="small" onClick={() => setDrawing(true)}>
              {t('draw.make')}
            </Button>
          </>
        )
      }
    >
      <Panel title={t('pool.title')}>
        <Async query={pools} what={t('pool.title')} rows={4}>
          {(data) => (
            <>
              <p className="muted">
                {t('pool.head', {
                  quarter: data.quarter,
                  level: t(`pool.level.${data.level}`),
                  officers: data.officers,
                })}
                {data.builtAt !== null && ` · ${t('pool.builtAt', { at: shortTime(data.builtAt) })}`}
              </p>
              <PoolTable pools={data.pools} onOpen={(pool) => change({ pool })} />
            </>
          )}
        </Async>
      </Panel>
      {state.pool !== '' && (
        <Units regionCode={regionCode} kind={state.pool} onClose={() => change({ pool: '' })} />
      )}
      <Panel title={t('draw.list')}>
        <DrawList regionCode={regionCode} onOpen={(draw) => change({ draw })} />
      </Panel>
      {state.draw > 0 && <DrawDrawer id={state.draw} onClose={() => change({ draw: 0 })} />}
      {drawing && (
        <DrawForm
          regionCode={regionCode}
          onClose={() => setDrawing(false)}
          onDone={(draw) => {
            setDrawing(false)
            change({ draw })
          }}
        />
      )}
    </Page>
  )
}

function BuildPools({ regionCode }: { regionCode: number }) {
  const { t } = useTranslation('inspections')
  const build = useBuildPools()
  return (
    <>
      {build.data !== undefined && <span className="muted">{t('pool.built', { ...build.data })}</span>}
      <Button size="small" loading={build.isPending} onClick={() => build.mutate(regionCode)}>
        {t('pool.build')}
      </Button>
      {build.error !== null && <ErrorPanel error={build.error} what={t('pool.build')} />}
    </>
  )
}

const PERCENT = 100

function PoolTable(props: {
  pools: NonNullable<ReturnType<typeof usePools>['data']>['pools']
  onOpen: (kind: PoolKind) => void
}) {
  const { t } = useTranslation('inspections')
  const official = useOfficial()
  return (
    <ScrollRegion label={t('pool.title')} style={{ overflowX: 'auto' }}>
      <table className={css.pools}>
        <thead>
          <tr>
            <th scope="col">{t('pool.kind')}</th>
            <th scope="col" className="number">
              {t('pool.units')}
            </th>
            <th scope="col">{t('pool.rate')}</th>
            <th scope="col" className="number">
              {t('pool.quota')}
            </th>
            <th scope="col" className="number">
              {t('pool.drawnQuarter')}
            </th>
            <th scope="col" className="number">
              {t('pool.drawnYear')}
            </th>
            <th scope="col">{t('pool.basis')}</th>
          </tr>
        </thead>
        <tbody>
          {props.pools.map((pool) => (
            <tr key={pool.kind}>
              <th scope="row">
                <Button type="link" size="small" onClick={() => props.onOpen(pool.kind)}>
                  {official(poolKindTitles[pool.kind])}
                </Button>
              </th>
              <td className="number">{pool.units}</td>
              <td>
                {pool.rate !== null && t('pool.perQuarter', { percent: pool.rate * PERCENT })}
                {pool.officersRatio !== null && t('pool.perOfficer', { count: pool.officersRatio })}
              </td>
              <td className="number">{pool.quota}</td>
              <td className="number">{pool.drawnThisQuarter}</td>
              <td className="number">{pool.drawnThisYear}</td>
              <td>
                {pool.source} {pool.status === 'unverified' && <Unverified source={pool.source} />}
                {pool.status === 'design' && <span className="muted">{t('design')}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

function Units(props: { regionCode: number; kind: PoolKind; onClose: () => void }) {
  const { t } = useTranslation('inspections')
  const official = useOfficial()
  const query = usePoolUnits(props.regionCode, props.kind)
  const { rows, paging } = pagedRows(query)
  const title = official(poolKindTitles[props.kind])
  return (
    <Panel
      title={title}
      tools={
        <Button size="small" onClick={props.onClose}>
          {t('close')}
        </Button>
      }
    >
      <Async query={query} what={title} rows={6}>
        {() => <UnitsTable title={title} units={rows} paging={paging} />}
      </Async>
    </Panel>
  )
}

function DrawList({ regionCode, onOpen }: { regionCode: number; onOpen: (id: number) => void }) {
  const { t } = useTranslation('inspections')
  const official = useOfficial()
  const query = useDraws(regionCode)
  const columns: Column<Draw>[] = [
    { key: 'number', title: t('draw.number'), value: (row) => row.number, oneLine: true },
    { key: 'quarter', title: t('draw.quarter'), value: (row) => row.quarter, oneLine: true },
    { key: 'kind', title: t('pool.kind'), value: (row) => official(poolKindTitles[row.kind]), choices: true },
    {
      key: 'state',
      title: t('draw.state'),
      value: (row) => official(drawStateTitles[row.state]),
      choices: true,
    },
    { key: 'pool', title: t('pool.units'), decimals: 0, value: (row) => row.poolSize },
    { key: 'quota', title: t('draw.chosen'), decimals: 0, value: (row) => row.quota },
    { key: 'at', title: t('draw.at'), value: (row) => shortTime(row.drawnAt), oneLine: true },
    { key: 'by', title: t('draw.by'), value: (row) => row.drawnBy },
    {
      key: 'published',
      title: t('draw.publishedAt'),
      value: (row) =>
        row.publishedAt !== null
          ? shortTime(row.publishedAt)
          : row.publishBy === null
            ? null
            : t('draw.publishBy', { date: row.publishBy }),
    },
  ]
  return (
    <Async
      query={query}
      what={t('draw.list')}
      rows={6}
      isEmpty={(data) => data.pages.every((page) => page.items.length === 0)}
      empty={<Empty title={t('draw.none')} hint={t('draw.noneHint')} />}
    >
      {(data) => (
        <DataTable
          id="draws"
          caption={t('draw.list')}
          columns={columns}
          rows={data.pages.flatMap((page) => page.items)}
          rowKey={(row) => row.id}
          onRow={(row) => onOpen(row.id)}
        />
      )}
    </Async>
  )
}
