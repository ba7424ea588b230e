/** What the dossier of a plant shows of its online monitoring: time line, open things, state of its outlets. */
import type { MaintenanceKind, OutletState, outletStates, TimelineEntry } from '@shanshui/contract'
import type { Queryable } from '../../platform/db/index.ts'
import { dateOf, hourMs, isoOf } from '../series/index.ts'
import { exceedancesMeeting } from './exceedance.repository.ts'
import { factorName, short } from './factor-name.ts'
import { limitsById } from './limit.repository.ts'
import { maintenanceRows } from './maintenance.repository.ts'
import { markRows } from './mark.repository.ts'
import { markItem } from './mark-item.table.ts'
import { openExceedances, outletViewRows } from './outlet-view.repository.ts'
import { filterNow } from './outlet-view.service.ts'

const stateTexts = { candidate: '待认定', confirmed: '已认定', exempt: '豁免', withdrawn: '已撤销' } as const
const markTexts = {
  filed: '已申报',
  accepted: '审核通过',
  rejected: '审核驳回',
  withdrawn: '已撤回',
} as const
const maintenanceTexts: Readonly<Record<MaintenanceKind, string>> = {
  routine: '日常巡检',
  calibration: '校准',
  verification: '校验',
  repair: '故障维修',
  'standard-check': '标样核查',
  comparison: '比对',
  'parameter-change': '参数变更',
}

/** Exceedances, marks and maintenance of a plant in [fromMs, toMs), as the reader may see them. */
export async function sourcesTimeline(
  q: Queryable,
  range: { enterpriseId: number; outletIds: readonly number[]; fromMs: number; toMs: number },
): Promise<TimelineEntry[]> {
  const { outletIds, fromMs, toMs } = range
  if (outletIds.length === 0) return []
  const filter = { outletIds, fromMs, toMs }
  const exceedances = await exceedancesMeeting(q, outletIds, fromMs, toMs)
  const limits = await limitsById(
    q,
    exceedances.map((row) => row.limit_id),
  )
  const marks = await markRows(q, filter)
  const records = await maintenanceRows(q, filter)
  return [
    ...exceedances.map((row): TimelineEntry => {
      const limit = limits.get(row.limit_id)
      const length = row.kind === 'hour' ? `连续 ${row.hours} 小时` : `${row.hours} 日`
      return {
        at: isoOf(row.from_ms),
        until: isoOf(row.to_ms),
        kind: 'exceedance',
        title: `${factorName(row.factor)}超标 ${short(row.multiple)} 倍`,
        detail: `${length}，最高 ${short(row.max_value)}，限值 ${limit?.value ?? '—'} ${limit?.unit ?? ''}；证据 ${row.grade} 级，${stateTexts[row.state]}`,
        featureId: row.outlet_id,
        link: `/sources/exceedances?id=${row.id}`,
      }
    }),
    ...marks.map(
      (row): TimelineEntry => ({
        at: isoOf(row.from_ms),
        until: isoOf(row.to_ms),
        kind: 'mark',
        title: `标记：${markItem(row.item)?.name.zh ?? row.item}`,
        detail: `${row.reason}；${row.late ? '迟报，' : ''}${markTexts[row.state]}${row.after_exceedance ? '；在超标之后申报' : ''}`,
        featureId: row.outlet_id,
        link: `/sources/marks?outlet=${row.outlet_id}&date=${dateOf(row.from_ms)}`,
      }),
    ),
    ...records.map(
      (row): TimelineEntry => ({
        at: isoOf(row.from_ms),
        until: isoOf(row.to_ms),
        kind: 'maintenance',
        title: `运维：${maintenanceTexts[row.kind]}${row.factor === null ? '' : ` ${factorName(row.factor)}`}`,
        detail: `${row.content}${row.verdict === null ? '' : `；${row.verdict}`}${row.withdrawn_ms === null ? '' : '；已撤销'}`,
        featureId: row.outlet_id,
        link: `/sources/maintenance?outlet=${row.outlet_id}`,
      }),
    ),
  ]
}

/** Exceedances that nobody has judged, by enterprise. */
export async function countOpenExceedances(
  q: Queryable,
  enterpriseIds: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  return new Map((await openExceedances(q, enterpriseIds)).map((row) => [row.enterprise_id, row.n]))
}

/** State of outlets for the dossier. The newest hour of any outlet stands for the present. */
export async function readOutletStates(
  q: Queryable,
  outletIds: readonly number[],
  nowMs: number,
): Promise<ReadonlyMap<number, OutletState>> {
  const rows = await outletViewRows(q, {
    ...(await filterNow(q, nowMs)),
    ids: outletIds,
    limit: outletIds.length,
  })
  const named: Readonly<Record<string, (typeof outletStates)[number]>> = {
    normal: 'normal',
    exceeding: 'exceeding',
    marked: 'abnormal',
    missing: 'abnormal',
    stopped: 'stopped',
    offline: 'offline',
  }
  const texts: Readonly<Record<string, string>> = {
    normal: '正常',
    exceeding: '最近一小时超标',
    marked: '最近一小时已标记',
    missing: '最近一小时缺数',
    stopped: '停运',
    offline: '24 小时以上无数据',
  }
  return new Map(
    rows.map((row) => [
      row.id,
      row.ts_ms === null
        ? { state: 'unknown' as const, at: null, text: '尚无数据' }
        : {
            state: named[row.state] ?? 'unknown',
            at: isoOf(row.ts_ms + hourMs),
            text: texts[row.state] ?? null,
          },
    ]),
  )
}
