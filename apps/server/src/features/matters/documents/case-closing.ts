/** 结案审批表: what was decided, whether it was carried out, and the file of the case. */
import { evidenceBlocks, opinion, originOf, subjectRows, type Template } from './template.ts'

export const caseClosing: Template = {
  kind: 'case-closing',
  title: '生态环境行政处罚结案审批表',
  reads: {
    penalty: [
      'suspect',
      'violation',
      'decisionNumber',
      'fine',
      'paid',
      'surcharge',
      'penaltyKinds',
      'performedOn',
      'enforcement',
      'corrected',
      'closingText',
      'fileNumber',
      'investigators',
    ],
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
                { label: '立案日期', value: data.matter.openedOn },
              ],
            },
            { cells: [{ label: '案由', value: read.text('violation') || data.matter.title }] },
            ...subjectRows(data, read.text('suspect')),
            {
              cells: [
                { label: '处罚决定书\n文号', value: read.text('decisionNumber') },
                { label: '案卷号', value: read.text('fileNumber') },
              ],
            },
            {
              cells: [
                { label: '处罚种类', value: read.text('penaltyKinds') },
                { label: '罚款数额', value: read.text('fine') },
              ],
            },
            {
              cells: [
                { label: '已缴罚款', value: read.text('paid') },
                { label: '加处罚款', value: read.text('surcharge') },
              ],
            },
            {
              cells: [
                { label: '履行完毕\n日期', value: read.text('performedOn') },
                { label: '违法行为\n已改正', value: read.text('corrected') },
              ],
            },
            { label: '强制执行\n情况', text: read.text('enforcement'), lines: 2 },
            { label: '结案意见', text: read.text('closingText'), lines: 3 },
            { cells: [{ label: '调查人员', value: read.text('investigators') }] },
            opinion('承办人意见'),
            opinion('承办机构\n意见'),
            opinion('负责人审批'),
          ],
        },
        {
          kind: 'table',
          columns: [
            { title: '日期', share: 2 },
            { title: '办理过程', share: 4 },
            { title: '办理单位', share: 3 },
          ],
          rows: data.steps.map((step) => [step.on, step.title, step.organization]),
        },
        ...evidenceBlocks(data, '卷内证据材料'),
      ],
      origin: originOf(data),
    }
  },
}
