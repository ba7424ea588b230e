/** Day sheets: one page for each officer and day: in what order, when to be there, why, and what to check. */

import { type InspectionPlanDetail, type PlanVisit, visitKindTitles } from '@shanshui/contract'
import { tableFile } from '../../platform/table-file.ts'
import { clockOf } from './field-pack.service.ts'
import { html, page } from './record-page.ts'

export interface DaySheet {
  readonly inspectorId: number
  readonly name: string
  readonly date: string
  readonly visits: readonly PlanVisit[]
  readonly mates: readonly string[]
  readonly minutes: number
  readonly travelMinutes: number
}

export function daySheets(
  plan: InspectionPlanDetail,
  filter: { readonly date?: string; readonly inspectorId?: number },
): DaySheet[] {
  const names = new Map(plan.inspectors.map((one) => [one.id, one.name]))
  return plan.days
    .filter((date) => filter.date === undefined || filter.date === date)
    .flatMap((date) =>
      plan.inspectors
        .filter((one) => filter.inspectorId === undefined || filter.inspectorId === one.id)
        .flatMap((one) => {
          const visits = plan.visits
            .filter((visit) => visit.date === date && visit.inspectorIds.includes(one.id))
            .sort((a, b) => a.order - b.order)
          if (visits.length === 0) return []
          const load = plan.load.find((row) => row.inspectorId === one.id && row.date === date)
          const mates = new Set(visits.flatMap((visit) => visit.inspectorIds))
          mates.delete(one.id)
          return [
            {
              inspectorId: one.id,
              name: one.name,
              date,
              visits,
              mates: [...mates].map((id) => names.get(id) ?? ''),
              minutes: load?.minutes ?? 0,
              travelMinutes: load?.travelMinutes ?? 0,
            },
          ]
        }),
    )
}

function sheetOf(plan: InspectionPlanDetail, sheet: DaySheet): string {
  const list = (lines: readonly string[]) =>
    `<ul>${lines.map((line) => `<li>${html(line)}</li>`).join('')}</ul>`
  const rows = sheet.visits.map(
    (
      visit,
    ) => `<tr><td>${visit.order}</td><td>${clockOf(visit.startMinute)}<br>路上 ${Math.round(visit.travelMinutes)} 分<br>现场 ${visit.minutes} 分</td>
<td><b>${html(visit.title)}</b><br>${visitKindTitles[visit.kind].zh}，覆盖风险 ${visit.value}<br>${visit.place.lon.toFixed(4)}, ${visit.place.lat.toFixed(4)}</td>
<td>${list([...(visit.reason === null ? [] : [visit.reason]), ...visit.why])}</td><td>${list(visit.what)}</td></tr>`,
  )
  return `<section class="sheet"><h1>执法日程单</h1><p>${html(plan.number)}　${sheet.date}　<b>${html(sheet.name)}</b>　同行：${html(sheet.mates.join('、'))}　
合计 ${Math.round(sheet.minutes)} 分钟，其中路上 ${Math.round(sheet.travelMinutes)} 分钟</p>
<table><tr><th>序</th><th>到达</th><th>单位</th><th>为什么去</th><th>查什么</th></tr>${rows.join('')}</table></section>`
}

export const daySheetsPage = (plan: InspectionPlanDetail, sheets: readonly DaySheet[]): string =>
  page(
    `${plan.number} 执法日程单`,
    sheets.map((sheet) => sheetOf(plan, sheet)).join('') || '<p>没有安排。</p>',
  )

/** One row a visit of each officer. */
export function daySheetsFile(sheets: readonly DaySheet[]): Promise<Buffer> {
  const head = [
    '日期',
    '执法人员',
    '同行',
    '序',
    '到达',
    '单位',
    '类型',
    '现场分钟',
    '路上分钟',
    '覆盖风险',
    '为什么去',
    '查什么',
  ]
  const rows = sheets.flatMap((sheet) =>
    sheet.visits.map((visit) => [
      sheet.date,
      sheet.name,
      sheet.mates.join('、'),
      visit.order,
      clockOf(visit.startMinute),
      visit.title,
      visitKindTitles[visit.kind].zh,
      visit.minutes,
      visit.travelMinutes,
      visit.value,
      visit.why.join('；'),
      visit.what.join('；'),
    ]),
  )
  return tableFile('csv', '日程单', head, rows)
}
