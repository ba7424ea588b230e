/** What the rules of permits, taxes and totals are cited from. */
import { type Clause, clauseOf, type StandardRef } from '../clause.ts'

export const permitStandards = {
  code: { id: '生态环境法典', title: '中华人民共和国生态环境法典', effectiveFrom: '2026-08-15' },
  regulation: { id: '国务院令第736号', title: '排污许可管理条例', effectiveFrom: '2021-03-01' },
  measures: { id: '生态环境部令第32号', title: '排污许可管理办法', effectiveFrom: '2024-07-01' },
  licensing: { id: '行政许可法', title: '中华人民共和国行政许可法' },
  civil: { id: '民法典', title: '中华人民共和国民法典' },
  specification: { id: 'HJ 942-2018', title: '排污许可证申请与核发技术规范 总则' },
  reporting: {
    id: 'HJ 944-2018',
    title: '排污单位环境管理台账及排污许可证执行报告技术规范 总则（试行）',
  },
  taxLaw: { id: '环境保护税法', title: '中华人民共和国环境保护税法' },
  taxRegulation: { id: '环境保护税法实施条例', title: '中华人民共和国环境保护税法实施条例' },
  reduction2022: {
    id: '环办综合函〔2022〕350号',
    title: '主要污染物总量减排核算技术指南（2022年修订）',
  },
  offset2020: {
    id: '环办环评〔2020〕36号',
    title: '关于加强重点行业建设项目区域削减措施监督管理的通知',
  },
} as const satisfies Record<string, StandardRef>

export const codeAt = clauseOf(permitStandards.code)
export const regulationAt = clauseOf(permitStandards.regulation)
export const measuresAt = clauseOf(permitStandards.measures)
export const specificationAt = clauseOf(permitStandards.specification)
export const reportingAt = clauseOf(permitStandards.reporting)
export const taxLawAt = clauseOf(permitStandards.taxLaw)
export const taxRegulationAt = clauseOf(permitStandards.taxRegulation)
export const reductionAt = clauseOf(permitStandards.reduction2022)
export const offsetAt = clauseOf(permitStandards.offset2020)

/** `标准 条款`, as it is printed beside a result. */
export const clauseText = ({ standard, at }: Clause): string => `${standard} ${at}`
