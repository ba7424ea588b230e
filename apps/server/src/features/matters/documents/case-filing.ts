/** 立案审批表: conditions of filing (生态环境行政处罚办法第十九条); decided within 15 days of the preliminary review (第十八条). */
import { cited, filingConditions } from './legal-notes.ts'
import { evidenceBlocks, opinion, originOf, subjectRows, type Template } from './template.ts'

export const caseFiling: Template = {
  kind: 'case-filing',
  title: '生态环境行政处罚立案审批表',
  reads: {
    penalty: ['suspect', 'violation', 'actEndedOn', 'foundOn', 'screening', 'investigators', 'inTime'],
  },
  forOwner: 'none',
  build(data, read) {
    return {
      letterhead: null,
      title: this.title,
      blocks: [
        {
          kind: 'form',
          rows: [
            {
              cells: [
                { label: '案件编号', value: data.matter.number },
                { label: '案件来源', value: data.matter.source },
              ],
            },
            { cells: [{ label: '案由', value: data.matter.title }] },
            ...subjectRows(data, read.text('suspect')),
            { label: '案情简介', text: read.text('violation') || data.problem?.detail || '', lines: 5 },
            {
              cells: [
                { label: '发现日期', value: read.text('foundOn') },
                { label: '违法行为\n终了日期', value: read.text('actEndedOn') },
              ],
            },
            { label: '初查情况', text: read.text('screening'), lines: 4 },
            { cells: [{ label: '未超过\n追责期限', value: read.text('inTime') }] },
            { label: '立案条件', text: cited(filingConditions), lines: 2 },
            { cells: [{ label: '拟定调查人\n（不少于两人）', value: read.text('investigators') }] },
            opinion('承办人意见'),
            opinion('承办机构\n意见'),
            opinion('负责人审批'),
          ],
        },
        ...evidenceBlocks(data, '初步证据'),
        {
          kind: 'small',
          text: '立案应当自经初步审查之日起 15 日内决定；特殊情况经负责人批准可以延长 15 日（《生态环境行政处罚办法》第十八条）。',
        },
      ],
      origin: originOf(data),
    }
  },
}
