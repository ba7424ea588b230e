/** 监测任务书: who measures what by which method until when, and the qualification that it needs. */
import { opinion, organizationOf, originOf, rowsOf, sealHere, type Template } from './template.ts'

export const monitoringOrder: Template = {
  kind: 'monitoring-order',
  title: '监测任务书',
  reads: {
    'monitoring-task': [
      'monitoringKind',
      'arrangement',
      'objects',
      'factors',
      'method',
      'dueOn',
      'qualification',
      'qualificationUntil',
      'noConflict',
      'cost',
    ],
  },
  forOwner: 'none',
  build(data, read) {
    return {
      letterhead: organizationOf(data, 'overseer') || null,
      title: this.title,
      number: null,
      blocks: [
        {
          kind: 'form',
          rows: [
            {
              cells: [
                { label: '任务编号', value: data.matter.number },
                { label: '下达日期', value: data.matter.openedOn },
              ],
            },
            { cells: [{ label: '任务名称', value: data.matter.title }] },
            {
              cells: [
                { label: '委托（下达）\n单位', value: organizationOf(data, 'overseer') },
                { label: '承担单位', value: organizationOf(data, 'handler') },
              ],
            },
            { cells: [{ label: '受测单位', value: data.subject?.name ?? '' }] },
            ...rowsOf(read.listed, read),
            {
              label: '工作要求',
              text: '采样、保存、运输、分析和质量控制按所列方法标准执行；样品编号、封条、交接记录随报告一并提交；原始记录不得涂改，保存备查。',
              lines: 3,
            },
            opinion('下达单位\n意见', 2, sealHere),
            opinion('承担单位\n接收意见', 2, sealHere),
          ],
        },
      ],
      origin: originOf(data),
    }
  },
}
