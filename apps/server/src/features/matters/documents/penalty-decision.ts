/** 行政处罚决定书: party, facts and evidence, kind and basis, performance, remedies, name and date (行政处罚法第五十九条). */
import { officialDate } from '../../../platform/official/index.ts'
import { cited, notStayed, payment, remedies } from './legal-notes.ts'
import {
  evidenceBlocks,
  orBlank,
  organizationOf,
  originOf,
  sealOf,
  subjectLines,
  type Template,
} from './template.ts'

export const penaltyDecision: Template = {
  kind: 'penalty-decision',
  title: '行政处罚决定书',
  reads: {
    penalty: [
      'suspect',
      'facts',
      'lawApplied',
      'penaltyKinds',
      'fine',
      'discretion',
      'decisionNumber',
      'decisionText',
      'statement',
      'statementReview',
    ],
  },
  forOwner: 'addressed',
  build(data, read) {
    const issuer = organizationOf(data, 'handler', 'overseer')
    const noticed = data.steps.findLast(({ transition }) => transition === 'inform')?.on
    return {
      letterhead: issuer === '' ? null : issuer,
      title: this.title,
      number: read.text('decisionNumber') || null,
      blocks: [
        ...subjectLines(data, read.text('suspect')),
        { kind: 'heading', level: 1, text: '一、违法事实和证据' },
        { kind: 'paragraph', text: `经调查，你（单位）存在以下违法行为：${orBlank(read.text('facts'), 40)}` },
        ...evidenceBlocks(data, '以上事实有下列证据为证'),
        {
          kind: 'paragraph',
          text: `${noticed === undefined ? '' : `我局于${officialDate(noticed)}`}已依法告知你（单位）拟处罚的内容及事实、理由、依据和享有的权利。你（单位）陈述、申辩（听证）情况：${orBlank(read.text('statement'), 20)}。采纳情况及理由：${orBlank(read.text('statementReview'), 20)}。`,
        },
        { kind: 'heading', level: 1, text: '二、处罚依据和种类' },
        { kind: 'paragraph', text: `违反的规定和处罚的依据：${orBlank(read.text('lawApplied'), 30)}` },
        {
          kind: 'paragraph',
          text: `决定对你（单位）作出如下行政处罚：${orBlank(read.text('penaltyKinds'), 10)}；罚款 ${orBlank(read.text('fine'), 10)}。`,
        },
        { kind: 'paragraph', text: orBlank(read.text('decisionText'), 40) },
        { kind: 'paragraph', text: `裁量说明：${orBlank(read.text('discretion'), 30)}` },
        { kind: 'heading', level: 1, text: '三、履行方式和期限' },
        { kind: 'paragraph', text: cited(payment) },
        { kind: 'heading', level: 1, text: '四、救济途径和期限' },
        { kind: 'paragraph', text: cited(remedies) },
        { kind: 'paragraph', text: cited(notStayed) },
        sealOf(issuer, data),
      ],
      origin: originOf(data),
    }
  },
}
