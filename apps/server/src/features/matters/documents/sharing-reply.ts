/** 数据共享申请答复书: agreed with fields and term, or refused with the article that forbids it. */
import { orBlank, organizationOf, originOf, sealOf, type Template } from './template.ts'

export const sharingReply: Template = {
  kind: 'sharing-reply',
  title: '数据共享申请答复书',
  reads: {
    'data-sharing': [
      'dataset',
      'scene',
      'fieldsAsked',
      'attribute',
      'answer',
      'fieldsGranted',
      'endsOn',
      'delivery',
      'legalGrounds',
    ],
  },
  forOwner: 'none',
  build(data, read) {
    const issuer = organizationOf(data, 'handler', 'overseer')
    const applicant = organizationOf(data, 'owner', 'overseer')
    const refused = data.step === null ? read.text('legalGrounds') !== '' : data.step.transition === 'refuse'
    return {
      letterhead: issuer === '' ? null : issuer,
      title: this.title,
      number: null,
      recipient: orBlank(applicant === issuer ? '' : applicant, 8),
      blocks: [
        {
          kind: 'paragraph',
          text: `你单位关于共享“${orBlank(read.text('dataset'), 10)}”的申请（编号 ${data.matter.number}）收悉。申请用途：${orBlank(read.text('scene'), 20)} 申请字段：${orBlank(read.text('fieldsAsked'), 16)}`,
        },
        ...(refused
          ? [
              {
                kind: 'paragraph' as const,
                text: `经研究，不予共享。法律依据：${orBlank(read.text('legalGrounds'), 24)}`,
              },
            ]
          : [
              { kind: 'paragraph' as const, text: `经研究，答复如下：${orBlank(read.text('answer'), 30)}` },
              {
                kind: 'paragraph' as const,
                text: `一、同意共享的字段：${orBlank(read.text('fieldsGranted'), 20)}`,
              },
              { kind: 'paragraph' as const, text: `二、共享期限：至${read.date('endsOn')}。` },
              { kind: 'paragraph' as const, text: `三、提供方式：${orBlank(read.text('delivery'), 16)}` },
              {
                kind: 'paragraph' as const,
                text: '四、共享数据仅用于申请的用途；发现数据有疑义的，请及时反馈校核。',
              },
            ]),
        sealOf(issuer, data),
      ],
      origin: originOf(data),
    }
  },
}
