/** What a person has to be told by law: periods with the article that gives them. Working days by 行政处罚法第八十五条 and 行政强制法第六十九条. */
import { blank } from '../../../platform/official/index.ts'

export interface LegalNote {
  readonly text: string
  readonly basis: string
  readonly status: 'primary'
}
const note = (text: string, basis: string): LegalNote => ({ text, basis, status: 'primary' })

export const remedies = note(
  `如不服本决定，可以自收到本决定书之日起六十日内向${blank(12)}申请行政复议，也可以自收到本决定书之日起六个月内依法向${blank(8)}人民法院提起行政诉讼。`,
  '《行政复议法》第二十条，《行政诉讼法》第四十六条',
)

export const notStayed = note(
  '申请行政复议或者提起行政诉讼的，本决定不停止执行，法律另有规定的除外。',
  '《行政处罚法》第七十三条',
)

export const statementAndDefence = note(
  '你（单位）有权进行陈述和申辩。请自收到本告知书之日起五日内（按工作日计算）提出。我局不因你（单位）陈述、申辩而给予更重的处罚。',
  '《行政处罚法》第四十四条、第四十五条、第八十五条，《生态环境行政处罚办法》第四十四条',
)

export const hearing = note(
  '□ 拟作出的处罚属于听证范围。你（单位）有权要求举行听证，应当自收到本告知书之日起五个工作日内提出。',
  '《行政处罚法》第六十三条、第六十四条、第八十五条，《生态环境行政处罚办法》第四十六条、第四十七条',
)

export const payment = note(
  `罚款应当自收到本决定书之日起十五日内，凭缴款书到指定的银行（${blank(10)}）或者通过电子支付系统缴纳。逾期不缴纳的，每日按罚款数额的百分之三加处罚款，加处罚款的数额不超过罚款数额。`,
  '《行政处罚法》第六十七条、第七十二条',
)

export const demand = note(
  '请你（单位）自收到本催告书之日起十日内（按工作日计算）履行上述义务。你（单位）有权进行陈述和申辩。逾期仍不履行的，我局将依法申请人民法院强制执行。',
  '《行政强制法》第三十五条、第五十三条、第五十四条、第六十九条',
)

export const filingConditions = note(
  '□ 有涉嫌违法行为的初步证据　□ 依法应当或者可以给予行政处罚　□ 属于本机关管辖　□ 未超过追究时效',
  '《生态环境行政处罚办法》第十九条',
)

export const siteRights = note(
  '告知：我们是行政执法人员，现向你出示执法证件（不少于两人）。你（单位）应当如实回答询问并协助检查；认为执法人员与案件有直接利害关系的，有权申请回避；对检查情况有权陈述、申辩。',
  '《行政处罚法》第四十二条、第五十五条，《生态环境行政处罚办法》第十条、第二十三条',
)

export const petitionReview = note(
  `信访人对本处理意见不服的，可以自收到书面答复之日起三十日内向${blank(10)}请求复查。`,
  '《信访工作条例》第三十四条至第三十六条',
)

export const realNameFeedback = note(
  '对实名举报，应当将处理结果告知举报人；举报人信息依法保密。',
  '《生态环境法典》第一百四十六条',
)

/** The sentence and, in brackets, where it stands. */
export const cited = ({ text, basis }: LegalNote): string => `${text}（${basis}）`
