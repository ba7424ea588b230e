/** 调查询问笔录: questions and answers are written on the spot; nothing in it is known beforehand but who and about what. */
import { type Block, blank } from '../../../platform/official/index.ts'
import { cited, siteRights } from './legal-notes.ts'
import { organizationOf, originOf, type Template } from './template.ts'

const questions = 8
const opening: readonly string[] = [
  '问：请说明你的姓名、身份证件号码、工作单位和职务。',
  '问：我们的执法证件你看清了吗？是否申请我们回避？',
]

export const inquiryRecord: Template = {
  kind: 'inquiry-record',
  title: '调查询问笔录',
  reads: { penalty: ['investigators'] },
  forOwner: 'none',
  build(data, read) {
    const answer: Block = { kind: 'paragraph', text: `答：${blank(24)}` }
    const open: Block[] = Array.from({ length: questions }, () => [
      { kind: 'paragraph' as const, text: `问：${blank(24)}` },
      answer,
    ]).flat()
    return {
      letterhead: organizationOf(data, 'handler', 'overseer') || null,
      title: this.title,
      blocks: [
        {
          kind: 'form',
          rows: [
            { cells: [{ label: '案由', value: data.matter.title }] },
            {
              cells: [
                { label: '询问日期', value: '　　年　　月　　日' },
                { label: '起止时间', value: '　　时　　分至　　时　　分' },
              ],
            },
            { cells: [{ label: '询问地点', value: '' }] },
            {
              cells: [
                { label: '被询问人', value: '' },
                { label: '身份证件号', value: '' },
              ],
            },
            {
              cells: [
                { label: '工作单位\n及职务', value: '' },
                { label: '电话', value: '' },
              ],
            },
            {
              cells: [
                { label: '询问人', value: read.text('investigators') },
                { label: '记录人', value: '' },
              ],
            },
          ],
        },
        { kind: 'paragraph', text: cited(siteRights) },
        ...opening.flatMap((text): Block[] => [{ kind: 'paragraph', text }, answer]),
        ...open,
        {
          kind: 'signatures',
          lines: [
            '以上笔录我已看过（已向我宣读），与我所说相符。',
            `被询问人（签名）：${blank(6)}　　年　　月　　日`,
            `询问人（签名）：${blank(4)}、${blank(4)}　　年　　月　　日`,
            `记录人（签名）：${blank(8)}`,
          ],
        },
      ],
      origin: originOf(data),
    }
  },
}
