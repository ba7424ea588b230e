/** 催告书: before the court is asked to enforce (行政强制法第五十四条); ten days are working days (第六十九条). */
import { blank } from '../../../platform/official/index.ts'
import { cited, demand } from './legal-notes.ts'
import { orBlank, organizationOf, originOf, sealOf, subjectLines, type Template } from './template.ts'

export const demandLetter: Template = {
  kind: 'demand-letter',
  title: '催告书',
  reads: { penalty: ['suspect', 'decisionNumber', 'fine', 'paid', 'surcharge', 'penaltyKinds'] },
  forOwner: 'addressed',
  build(data, read) {
    const issuer = organizationOf(data, 'handler', 'overseer')
    return {
      letterhead: issuer === '' ? null : issuer,
      title: this.title,
      number: null,
      blocks: [
        ...subjectLines(data, read.text('suspect')),
        {
          kind: 'paragraph',
          text: `我局于${blank(10)}作出的行政处罚决定书（${orBlank(read.text('decisionNumber'), 12)}）已依法送达。你（单位）在法定期限内未履行下列义务：`,
        },
        {
          kind: 'paragraph',
          text: `一、缴纳罚款 ${orBlank(read.text('fine'), 10)}（已缴 ${orBlank(read.text('paid'), 6)}），加处罚款 ${orBlank(read.text('surcharge'), 8)}（不超过罚款数额）。`,
        },
        {
          kind: 'paragraph',
          text: `二、其他处罚（${orBlank(read.text('penaltyKinds'), 8)}）的履行：${blank(20)}`,
        },
        { kind: 'paragraph', text: cited(demand) },
        { kind: 'paragraph', text: `缴款方式：${blank(20)}　联系人及电话：${blank(12)}`, plain: true },
        sealOf(issuer, data),
      ],
      origin: originOf(data),
    }
  },
}
