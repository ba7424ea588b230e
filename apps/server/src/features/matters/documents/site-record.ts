/** 现场检查（勘察）笔录: at least two officers, signed on every page by who was inspected (行政处罚法第四十二条、第五十五条). */
import { type Block, blank } from '../../../platform/official/index.ts'
import { cited, siteRights } from './legal-notes.ts'
import { evidenceBlocks, organizationOf, originOf, pictureBlocks, type Template } from './template.ts'

const findings: Readonly<Record<string, string>> = {
  complaint: 'findings',
  'inspection-task': 'summary',
  rectification: 'acceptanceText',
  penalty: 'facts',
}
const officers: Readonly<Record<string, string>> = {
  complaint: 'checkers',
  'inspection-task': 'officers',
  rectification: 'acceptors',
  penalty: 'investigators',
}
const day: Readonly<Record<string, string>> = {
  complaint: 'checkedOn',
  'inspection-task': 'plannedOn',
  rectification: 'acceptedOn',
}

export const siteRecord: Template = {
  kind: 'site-record',
  title: '现场检查（勘察）笔录',
  reads: {
    complaint: ['findings', 'checkers', 'checkedOn'],
    'inspection-task': ['summary', 'officers', 'plannedOn', 'arrivedAt', 'signed'],
    rectification: ['acceptanceText', 'acceptors', 'acceptedOn', 'goalResults'],
    penalty: ['facts', 'investigators', 'suspect'],
  },
  forOwner: 'signed',
  build(data, read) {
    const of = (ids: typeof findings) => {
      const id = ids[data.def.id]
      return id === undefined ? '' : read.text(id)
    }
    const text = of(findings)
    const goals = data.def.id === 'rectification' ? read.table('goalResults') : undefined
    const table: Block[] = goals === undefined ? [] : [{ kind: 'table', ...goals }]
    const arrived = data.def.id === 'inspection-task' ? read.text('arrivedAt') : ''
    const times = arrived === '' ? '　　时　　分至　　时　　分' : `${arrived}至　　时　　分`
    const signed = data.def.id === 'inspection-task' ? read.text('signed') : ''
    return {
      letterhead: organizationOf(data, 'acceptor', 'handler', 'overseer') || null,
      title: this.title,
      blocks: [
        {
          kind: 'form',
          rows: [
            { cells: [{ label: '检查事项', value: `${data.matter.title}（${data.matter.number}）` }] },
            {
              cells: [
                { label: '检查日期', value: of(day) || '　　年　　月　　日' },
                { label: '起止时间', value: times },
              ],
            },
            { cells: [{ label: '检查地点', value: data.subject?.address ?? '' }] },
            {
              cells: [
                {
                  label: '被检查单位',
                  value: data.subject?.name ?? (data.def.id === 'penalty' ? read.text('suspect') : ''),
                },
                { label: '法定代表人\n（负责人）', value: data.subject?.legalRepresentative ?? '' },
              ],
            },
            {
              cells: [
                { label: '现场负责人', value: '' },
                { label: '职务、电话', value: '' },
              ],
            },
            { cells: [{ label: '检查人员', value: of(officers) }] },
            { cells: [{ label: '执法证件号', value: '' }] },
          ],
        },
        { kind: 'paragraph', text: cited(siteRights) },
        { kind: 'paragraph', text: `现场负责人确认：${blank(12)}（是否听清、是否申请回避）`, plain: true },
        { kind: 'paragraph', text: '检查情况：', plain: true },
        {
          kind: 'paragraph',
          text: text === '' ? [blank(26), blank(26), blank(26), blank(26)].join('\n') : text,
        },
        ...table,
        ...evidenceBlocks(data, '现场取得的材料'),
        {
          kind: 'signatures',
          lines: [
            '以上笔录已看过（已向我宣读），与实际情况相符。',
            `现场负责人（签名）：${blank(6)}　　年　　月　　日`,
            ...(signed === '' ? [] : [`签名情况：${signed}`]),
            `检查人员（签名）：${blank(4)}、${blank(4)}　　年　　月　　日`,
            `记录人（签名）：${blank(5)}　参加人（签名）：${blank(5)}`,
          ],
        },
        ...pictureBlocks(data),
      ],
      origin: originOf(data),
    }
  },
}
