/** What the dossier of a plant shows of its permits: issue, change, expiry, reports, what fell overdue. */
import type { TimelineEntry } from '@shanshui/contract'
import { shanghaiIso } from '../../platform/clock.ts'
import type { Queryable } from '../../platform/db/index.ts'
import { permitVersions, pointById } from '../registry/index.ts'
import { dateOf, midnightOf } from '../series/index.ts'
import { iso } from './civil-time.ts'
import { selectObligations } from './obligation.repository.ts'
import { selectReports } from './report.repository.ts'

const most = 1000
const periodNames = { year: '年度', quarter: '季度', month: '月度' } as const

export async function permitTimeline(
  q: Queryable,
  {
    enterpriseId,
    fromMs,
    toMs,
  }: { enterpriseId: number; outletIds: readonly number[]; fromMs: number; toMs: number },
): Promise<TimelineEntry[]> {
  const entries: TimelineEntry[] = []
  const code = (await pointById(q, enterpriseId))?.code
  const versions = code === undefined ? [] : ((await permitVersions(q, [code])).get(code) ?? [])
  const link = (id: number) => `/sources/permits/${id}`
  for (const version of versions) {
    const at = version.changedOn ?? version.issuedOn
    entries.push({
      at: shanghaiIso(midnightOf(at)),
      kind: 'permit',
      title: version.changedOn === undefined ? '取得排污许可证' : '变更排污许可证',
      detail: `${version.number}，${version.authority}，有效期至 ${version.expiresOn}`,
      featureId: version.id,
      link: link(version.id),
    })
  }
  const reports = await selectReports(q, { enterpriseId, region: [null, null], limit: most })
  for (const report of reports) {
    entries.push({
      at: iso(report.submitted_at),
      kind: 'report',
      title: `提交${periodNames[report.period]}执行报告`,
      detail: `${report.period_from} 至 ${report.period_to}，核查问题 ${report.findings.length} 项`,
      featureId: report.permit_id,
      link: link(report.permit_id),
    })
  }
  const overdue = await selectObligations(q, {
    enterpriseId,
    region: [null, null],
    from: dateOf(fromMs - 86_400_000),
    to: dateOf(toMs),
    limit: most,
  })
  for (const obligation of overdue) {
    if (obligation.overdue_at === null) continue
    entries.push({
      at: iso(obligation.overdue_at),
      kind: 'permit',
      title: `许可义务逾期：${obligation.title}`,
      detail: `${obligation.due_on} 到期${obligation.state === 'done' ? '，已补做' : ''}`,
      featureId: obligation.permit_id,
      link: link(obligation.permit_id),
    })
  }
  return entries.filter((entry) => {
    const at = Date.parse(entry.at)
    return at >= fromMs && at < toMs
  })
}
