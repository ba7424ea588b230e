/** Lists of matters and problems as files: what the screen shows, in its order. */
import {
  type MatterBrief,
  matterPhaseTitles,
  type ProblemBrief,
  problemSourceTitles,
  problemStateTitles,
  problemThemeTitles,
  type SimilarEnterprise,
} from '@shanshui/contract'

export interface Table {
  readonly sheet: string
  readonly heads: readonly string[]
  readonly rows: readonly (readonly (string | number)[])[]
}

const day = (at: string | null) => (at === null ? '' : at.slice(0, 10))

export const matterTable = (matters: readonly MatterBrief[]): Table => ({
  sheet: '事项',
  heads: [
    '编号',
    '类型',
    '标题',
    '状态',
    '阶段',
    '行政区',
    '企业',
    '来源',
    '责任单位',
    '轮次',
    '反弹次数',
    '当前期限',
    '到期日',
    '逾期',
    '回头看日期',
    '立项日期',
    '最近变动',
    '办结日期',
  ],
  rows: matters.map((m) => [
    m.number,
    m.workflowTitle.zh,
    m.title,
    m.stateTitle.zh,
    matterPhaseTitles[m.phase].zh,
    m.regionName ?? String(m.regionCode),
    m.enterprise?.name ?? '',
    problemSourceTitles[m.source].zh,
    m.handler?.name ?? '',
    m.round,
    m.rebounds,
    m.due?.title.zh ?? '',
    // A limit ends at 24:00 of its last day, which is 0:00 of the next.
    m.due === null ? '' : day(lastDay(m.due.dueAt)),
    m.due?.overdue === true ? '是' : '',
    m.lookBackOn ?? '',
    day(m.openedAt),
    day(m.changedAt),
    day(m.closedAt),
  ]),
})

const lastDay = (dueAt: string) => new Date(Date.parse(dueAt) - 1 + 8 * 3_600_000).toISOString()

export const problemTable = (problems: readonly ProblemBrief[]): Table => ({
  sheet: '问题台账',
  heads: [
    '编号',
    '标题',
    '类别',
    '状态',
    '来源',
    '来源数',
    '行政区',
    '企业',
    '对象',
    '发现日期',
    '登记日期',
    '事项数',
    '归并到',
  ],
  rows: problems.map((p) => [
    p.number,
    p.title,
    problemThemeTitles[p.theme].zh,
    problemStateTitles[p.state].zh,
    problemSourceTitles[p.source].zh,
    p.sources,
    p.regionName ?? String(p.regionCode),
    p.enterprise?.name ?? '',
    p.feature?.name ?? '',
    day(p.foundAt),
    day(p.registeredAt),
    p.matters,
    p.mergedInto?.number ?? '',
  ]),
})

/** Two columns are left empty for the officer's pen. */
export const similarTable = (enterprises: readonly SimilarEnterprise[]): Table => ({
  sheet: '举一反三',
  heads: ['序号', '企业', '行政区', '相似度', '相似理由', '未解决问题', '同类问题', '排查人', '排查结论'],
  rows: enterprises.map((one, i) => [
    i + 1,
    one.enterprise.name,
    one.regionName ?? String(one.regionCode),
    Math.round(one.similarity * 100) / 100,
    one.reasons.map(({ text }) => text).join('；'),
    one.openProblems,
    one.sameTheme,
    '',
    '',
  ]),
})
