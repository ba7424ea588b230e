/** Fields of a case. */
import type { FieldDefinition } from '../../definition.ts'
import { choice, date, longText, money, name, people, text, yesNo } from '../parts.ts'

export const fields: readonly FieldDefinition[] = [
  text('suspect', '当事人', 'Party'),
  longText('violation', '涉嫌违法行为', 'Suspected violation'),
  date('actEndedOn', '违法行为终了之日', 'Day the act ended', {
    help: '有连续或者继续状态的，填行为终了之日；用于判断追责期限和新旧法适用',
  }),
  date('foundOn', '发现之日', 'Day it was found'),
  longText('screening', '初查情况', 'Screening', { internal: true }),
  people('investigators', '调查人员', 'Investigators'),
  yesNo('inTime', '未超过追责期限', 'Within the limitation', {
    help: '《生态环境法典》第一千零五十四条、《行政处罚法》第三十六条',
  }),
  longText('facts', '查明的事实', 'Facts', { internal: true }),
  yesNo('evidenceRegistered', '已先行登记保存证据', 'Evidence registered', { internal: true }),
  longText('correction', '责令改正的内容', 'What has to be corrected'),
  date('correctionDueOn', '改正期限', 'To be corrected by'),
  choice(
    'stopGround',
    '中止原因',
    'Ground of the stop',
    [
      ['suspension', '调查中止', 'Suspension'],
      ['monitoring', '监测', 'Monitoring'],
      ['appraisal', '鉴定', 'Appraisal'],
    ],
    { internal: true },
  ),
  longText('lawApplied', '违反的条款和处罚依据', 'Law applied'),
  longText('proposal', '处理意见', 'Proposal', { internal: true }),
  money('proposedFine', '拟罚款', 'Proposed fine', { internal: true }),
  longText('discretion', '裁量说明', 'Discretion', {
    internal: true,
    help: '逐项说明裁量因素、计算和偏离理由（《生态环境行政处罚办法》第四十一条）',
  }),
  longText('examination', '审查意见', 'Opinion of the examination', { internal: true }),
  yesNo('legalReviewNeeded', '属于应当法制审核的情形', 'Legal review required', {
    internal: true,
    help: '涉及重大公共利益、直接关系重大权益并经听证、案情疑难复杂或法律规定的其他情形（《行政处罚法》第五十八条）',
  }),
  yesNo('discussionNeeded', '属于应当集体讨论的情形', 'Collective discussion required', {
    internal: true,
    help: '《行政处罚法》第五十七条、《生态环境行政处罚办法》第五十一条',
  }),
  yesNo('hearingRight', '属于应当告知听证权利的情形', 'Right to a hearing', {
    help: '《行政处罚法》第六十三条；“较大数额”先依省级规定，全国数额待核实',
  }),
  longText('legalOpinion', '法制审核意见', 'Opinion of the legal review', { internal: true }),
  people('discussants', '参加集体讨论人员', 'Took part in the discussion', { internal: true }),
  longText('discussion', '集体讨论意见', 'Outcome of the discussion', { internal: true }),
  longText('noticeText', '告知内容（拟处罚内容、事实、理由、依据和权利）', 'What was told'),
  choice('deliveryKind', '送达方式', 'Delivered by', [
    ['direct', '直接送达', 'Hand'],
    ['left', '留置送达', 'Left'],
    ['post', '邮寄送达', 'Post'],
    ['electronic', '电子送达（已签署确认书）', 'Electronic, with consent'],
    ['entrusted', '委托送达', 'Through another body'],
    ['public', '公告送达', 'Public notice'],
  ]),
  longText('statement', '陈述、申辩意见', 'Statement'),
  longText('hearingRequest', '听证申请', 'Request of the hearing'),
  date('hearingOn', '听证日期', 'Day of the hearing'),
  text('hearingPlace', '听证地点', 'Place of the hearing'),
  longText('statementReview', '陈述申辩（听证）复核意见', 'Answer to the statement'),
  text('decisionNumber', '决定书文号', 'Number of the decision'),
  {
    id: 'penaltyKinds',
    title: name('处罚种类', 'Kinds of penalty'),
    type: 'choices',
    options: (
      [
        ['warning', '警告、通报批评', 'Warning'],
        ['fine', '罚款', 'Fine'],
        ['confiscation', '没收违法所得、非法财物', 'Confiscation'],
        ['licence', '暂扣、降低、吊销许可证件', 'Licence'],
        ['limit', '限制生产、停产整治', 'Limited or stopped production'],
        ['closure', '责令停业、关闭', 'Closure'],
        ['ban', '限制从业', 'Ban from practice'],
        ['other', '其他', 'Other'],
      ] as const
    ).map(([value, zh, en]) => ({ value, title: name(zh, en) })),
  },
  money('fine', '罚款', 'Fine'),
  longText('decisionText', '决定内容', 'Decision'),
  text('transferTo', '移送机关', 'Transferred to'),
  date('remedyUntil', '复议、诉讼期限届满日', 'Review and suit until', {
    help: '收到决定书之日起申请复议六十日、起诉六个月，以后届满者为准；经复议的为收到复议决定之日起十五日',
  }),
  text('publishedAt', '公开网址', 'Published at', { max: 500 }),
  date('deferredTo', '延期至', 'Deferred to'),
  money('paid', '已缴罚款', 'Paid'),
  money('surcharge', '加处罚款', 'Surcharge', {
    help: '每日百分之三，总额不超过罚款数额；复议、诉讼期间不计算',
  }),
  date('performedOn', '履行完毕日期', 'Performed on'),
  date('applyUntil', '申请强制执行最后一日', 'Apply to the court until', {
    help: '复议、诉讼期限届满之日起三个月；准予延期的自延期届满之日起三个月',
  }),
  longText('enforcement', '强制执行结果', 'Outcome of the enforcement'),
  yesNo('corrected', '违法行为已改正', 'Violation corrected'),
  longText('closingText', '结案意见', 'Closing'),
  text('fileNumber', '案卷号', 'Number of the file'),
]
