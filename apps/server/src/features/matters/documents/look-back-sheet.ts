/** 回头看核查表: what was promised and accepted, what is found some months later, holds or has rebounded. */
import { officialDate } from '../../../platform/official/index.ts'
import {
  evidenceBlocks,
  opinion,
  organizationOf,
  originOf,
  pictureBlocks,
  rowsOf,
  sealHere,
  type Template,
  tablesOf,
} from './template.ts'

export const lookBackSheet: Template = {
  kind: 'look-back-sheet',
  title: '“回头看”核查表',
  reads: {
    rectification: [
      'problemText',
      'acceptedOn',
      'goalResults',
      'lookBackPeople',
      'satisfaction',
      'lookBackResult',
    ],
    supervision: ['requirement', 'result', 'lookBackResult'],
    hazard: ['measures', 'result', 'checkedOn', 'lookBackResult'],
    'mine-closure': ['checkedOn', 'managedBy', 'rainySeasonSeen', 'permitCancelled', 'lookBackResult'],
  },
  forOwner: 'none',
  build(data, read) {
    const { matter, step } = data
    const rebound = step?.transition === 'rebound'
    return {
      letterhead: null,
      title: this.title,
      blocks: [
        {
          kind: 'form',
          rows: [
            {
              cells: [
                { label: '事项编号', value: matter.number },
                { label: '第几轮', value: `第 ${matter.round} 轮（反弹 ${matter.rebounds} 次）` },
              ],
            },
            { cells: [{ label: '事项名称', value: matter.title }] },
            {
              cells: [
                { label: '整改对象', value: data.subject?.name ?? matter.regionName },
                { label: '责任单位', value: organizationOf(data, 'handler') },
              ],
            },
            {
              cells: [
                {
                  label: '计划回头看\n日期',
                  value: matter.lookBackOn === null ? '' : officialDate(matter.lookBackOn),
                },
                { label: '核查日期', value: step === null ? '' : officialDate(step.on) },
              ],
            },
            ...rowsOf(read.listed, read),
            {
              label: '核查内容',
              text: '□ 治理设施正常运行　□ 监测数据达标　□ 现场与验收时一致\n□ 无新增同类问题　　□ 周边群众无反映　□ 管护责任落实',
              lines: 2,
            },
            {
              cells: [
                {
                  label: '核查结论',
                  value: step === null ? '□ 已巩固　　□ 反弹' : rebound ? '☑ 反弹' : '☑ 未反弹',
                },
              ],
            },
            ...(rebound ? [{ label: '反弹情况', text: step.reason, lines: 3 }] : []),
          ],
        },
        ...tablesOf(read.listed, read),
        ...evidenceBlocks(data),
        {
          kind: 'form',
          rows: [opinion('核查人员\n（不少于\n两人）', 3), opinion('核查单位\n意见', 3, sealHere)],
        },
        ...pictureBlocks(data),
      ],
      origin: originOf(data),
    }
  },
}
