/** 行政处罚事先（听证）告知书: content, facts, reasons, basis, and the rights to state, defend and be heard. */

import { type Block, blank } from '../../../platform/official/index.ts'
import { cited, hearing, statementAndDefence } from './legal-notes.ts'
import {
  evidenceBlocks,
  orBlank,
  organizationOf,
  originOf,
  sealOf,
  subjectLines,
  type Template,
} from './template.ts'

/** Told where it is due; to be ticked by hand where nobody has said. */
function hearingRight(due: unknown): Block[] {
  if (due === false) return []
  const text = cited(hearing)
  return [{ kind: 'paragraph', text: due === true ? text.replace('□ ', '') : text }]
}

export const penaltyNotice: Template = {
  kind: 'penalty-notice',
  title: '行政处罚事先（听证）告知书',
  reads: {
    penalty: ['suspect', 'facts', 'lawApplied', 'proposedFine', 'discretion', 'noticeText', 'hearingRight'],
  },
  forOwner: 'addressed',
  build(data, read) {
    const issuer = organizationOf(data, 'handler', 'overseer')
    return {
      letterhead: issuer === '' ? null : issuer,
      title: this.title,
      number: null,
      blocks: [
        ...subjectLines(data, read.text('suspect')),
        { kind: 'paragraph', text: `经调查，你（单位）存在以下违法行为：${orBlank(read.text('facts'), 40)}` },
        { kind: 'paragraph', text: '以上事实，有下列证据为证：' },
        ...evidenceBlocks(data, '证据'),
        { kind: 'paragraph', text: `违反的规定和拟处罚的依据：${orBlank(read.text('lawApplied'), 30)}` },
        {
          kind: 'paragraph',
          text: `拟对你（单位）作出行政处罚：罚款 ${orBlank(read.text('proposedFine'), 10)}。`,
        },
        { kind: 'paragraph', text: orBlank(read.text('noticeText'), 40) },
        { kind: 'paragraph', text: `裁量说明：${orBlank(read.text('discretion'), 30)}` },
        { kind: 'paragraph', text: cited(statementAndDefence) },
        ...hearingRight(data.fields.hearingRight),
        {
          kind: 'paragraph',
          text: `联系人：${blank(6)}　电话：${blank(8)}　地址：${blank(12)}`,
          plain: true,
        },
        sealOf(issuer, data),
      ],
      origin: originOf(data),
    }
  },
}
