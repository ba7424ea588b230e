/** 信访举报答复意见书. Who complained stands only on the paper: the number is enough for the platform. */
import { blank } from '../../../platform/official/index.ts'
import { cited, petitionReview, realNameFeedback } from './legal-notes.ts'
import { orBlank, organizationOf, originOf, sealOf, type Template } from './template.ts'

export const complaintReply: Template = {
  kind: 'complaint-reply',
  title: '信访举报答复意见书',
  reads: {
    complaint: [
      'ticket',
      'named',
      'nature',
      'verdict',
      'checkedOn',
      'findings',
      'measures',
      'replyText',
      'repliedOn',
    ],
  },
  forOwner: 'none',
  build(data, read) {
    const issuer = organizationOf(data, 'handler', 'overseer')
    // Only the residual class of requests has the review of the petition rules; reports of pollution are answered with the result of enforcement.
    const request = data.fields.nature === 'request'
    return {
      letterhead: issuer === '' ? null : issuer,
      title: this.title,
      number: null,
      recipient: blank(8),
      blocks: [
        {
          kind: 'paragraph',
          text: `你反映的问题（编号 ${orBlank(read.text('ticket') || data.matter.number, 10)}）收悉。经调查处理，现答复如下：`,
        },
        { kind: 'heading', level: 1, text: '一、核查情况' },
        {
          kind: 'paragraph',
          text: `${read.text('checkedOn') === '' ? '' : `${read.text('checkedOn')}，我局进行了现场核查。`}${orBlank(read.text('findings'), 40)}`,
        },
        { kind: 'paragraph', text: `核查结论：${orBlank(read.text('verdict'), 6)}。` },
        { kind: 'heading', level: 1, text: '二、处理情况' },
        { kind: 'paragraph', text: orBlank(read.text('measures'), 40) },
        { kind: 'heading', level: 1, text: '三、答复意见' },
        { kind: 'paragraph', text: orBlank(read.text('replyText'), 40) },
        ...(request ? [{ kind: 'paragraph' as const, text: cited(petitionReview) }] : []),
        ...(data.fields.named === true ? [{ kind: 'small' as const, text: cited(realNameFeedback) }] : []),
        { kind: 'paragraph', text: '感谢你对生态环境保护工作的关心和监督。' },
        sealOf(issuer, data),
      ],
      origin: originOf(data),
    }
  },
}
