/** What the counting of limits is cited from. */
import { clauseOf, type StandardRef } from '../clause.ts'

export const deadlineStandards = {
  civil: { id: '民法典', title: '中华人民共和国民法典', effectiveFrom: '2021-01-01' },
  penalty: { id: '行政处罚法', title: '中华人民共和国行政处罚法', effectiveFrom: '2021-07-15' },
  coercion: { id: '行政强制法', title: '中华人民共和国行政强制法', effectiveFrom: '2012-01-01' },
  review: { id: '行政复议法', title: '中华人民共和国行政复议法', effectiveFrom: '2024-01-01' },
  licensing: { id: '行政许可法', title: '中华人民共和国行政许可法' },
  detention: {
    id: '公治〔2014〕853号',
    title: '行政主管部门移送适用行政拘留环境违法案件暂行办法',
  },
  holidays2026: { id: '国务院办公厅2026年部分节假日安排', title: '关于2026年部分节假日安排的通知' },
  /** Rules of this software where the law is silent. */
  design: { id: '期限计算规则（平台）', title: '法律没有写明时平台采用的计算规则' },
} as const satisfies Record<string, StandardRef>

const civilAt = clauseOf(deadlineStandards.civil)
const designAt = clauseOf(deadlineStandards.design)

export const countingClause = civilAt('第二百零一条')
export const monthEndClause = civilAt('第二百零二条')
export const rollClause = civilAt('第二百零三条')
export const holidaysClause = clauseOf(deadlineStandards.holidays2026)('放假和调休')
export const noRollClause = designAt('强制措施的最长期限不顺延')
export const stopsClause = designAt('中止期间')
export const backwardsClause = designAt('提前若干工作日')
