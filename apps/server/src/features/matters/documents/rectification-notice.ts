/** 责令改正违法行为决定书: ordered alone or together with the penalty (行政处罚法第二十八条，生态环境行政处罚办法第九条). */
import { blank } from '../../../platform/official/index.ts'
import { cited, remedies } from './legal-notes.ts'
import {
  evidenceBlocks,
  orBlank,
  organizationOf,
  originOf,
  sealOf,
  subjectLines,
  type Template,
} from './template.ts'

export const rectificationNotice: Template = {
  kind: 'rectification-notice',
  title: '责令改正违法行为决定书',
  reads: { penalty: ['suspect', 'violation', 'facts', 'lawApplied', 'correction', 'correctionDueOn'] },
  forOwner: 'addressed',
  build(data, read) {
    const issuer = organizationOf(data, 'handler', 'overseer')
    const facts = read.text('facts') || read.text('violation') || data.problem?.detail || ''
    return {
      letterhead: issuer === '' ? null : issuer,
      title: this.title,
      number: null,
      blocks: [
        ...subjectLines(data, read.text('suspect')),
        {
          kind: 'paragraph',
          text: `经调查，你（单位）存在以下违法行为：${orBlank(facts, 40)}`,
        },
        { kind: 'paragraph', text: '以上事实，有下列证据为证：' },
        ...evidenceBlocks(data, '证据'),
        {
          kind: 'paragraph',
          text: `违反的规定：${orBlank(read.text('lawApplied'), 24)}\n依据《中华人民共和国行政处罚法》第二十八条和${blank(20)}，责令你（单位）改正：`,
        },
        { kind: 'paragraph', text: `一、改正内容：${orBlank(read.text('correction'), 30)}` },
        {
          kind: 'paragraph',
          text: `二、改正期限：${read.date('correctionDueOn')}前，并将改正情况书面报告我局。`,
        },
        { kind: 'paragraph', text: '我局将对改正情况进行核查。拒不改正的，依法处理。' },
        { kind: 'paragraph', text: cited(remedies) },
        sealOf(issuer, data),
      ],
      origin: originOf(data),
    }
  },
}
