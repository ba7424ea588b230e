/** Hazards of environmental facilities (重点环保设施隐患): found in this year's round, in every state. */
import type { StoryMatter, StoryStep } from './story.ts'
import { dayBefore } from './story.ts'

type Reached = 'found' | 'ordered' | 'planned' | 'reported' | 'accepted' | 'archived' | 'rebound'

interface Hazard {
  readonly enterprise: string
  readonly region: 629001 | 629002 | 629021
  readonly theme: string
  readonly grade: 'ordinary' | 'major'
  readonly what: string
  readonly department: string
  readonly foundDaysAgo: number
  readonly days: number
  readonly reached: Reached
  readonly funds?: number
}

const hazards: readonly Hazard[] = [
  one(
    'smelter',
    629001,
    'desulfurisation',
    'ordinary',
    '3 号制酸尾气脱硫塔检修平台护栏锈蚀',
    150,
    20,
    'archived',
  ),
  one('smelter', 629001, 'hazardous-waste', 'ordinary', '砷滤饼贮存间导流沟破损', 96, 15, 'accepted', 6),
  one('chp', 629001, 'desulfurisation', 'major', '液氨罐区喷淋系统联锁失效', 88, 45, 'accepted', 85),
  one('steel', 629001, 'dust', 'ordinary', '布袋除尘器泄爆口被遮挡', 70, 15, 'archived'),
  one('steel', 629001, 'waste-water', 'ordinary', '浊环水池有限空间警示标识缺失', 62, 10, 'archived'),
  one('coking', 629001, 'waste-water', 'major', '酚氰废水调节池无有毒气体监测', 80, 60, 'reported', 42),
  one('coking', 629001, 'voc', 'ordinary', '化产区 VOCs 收集管道阻火器未定期检查', 33, 20, 'planned'),
  one('sewage1', 629001, 'waste-water', 'ordinary', '污泥脱水间通风不足', 58, 20, 'accepted', 4),
  one('pharma', 629001, 'voc', 'major', 'RTO 进口浓度监测探头失效', 26, 30, 'planned', 28),
  one('chlor', 629001, 'emergency', 'ordinary', '事故应急池常年存水', 41, 15, 'rebound'),
  one('acid', 629001, 'emergency', 'ordinary', '硫酸罐区围堰排水阀常开', 19, 15, 'ordered'),
  one('waste', 629001, 'dust', 'ordinary', '飞灰稳定化车间除尘风管积灰', 120, 15, 'archived'),
  one('cement', 629002, 'desulfurisation', 'ordinary', '氨水储罐呼吸阀堵塞', 77, 15, 'archived'),
  one('mine', 629002, 'tailings', 'major', '3 号尾矿库排洪沟局部淤堵', 110, 40, 'accepted', 56),
  one('lead', 629002, 'hazardous-waste', 'major', '铅滤渣贮存库防渗层开裂', 47, 45, 'planned', 63),
  one('fine', 629002, 'voc', 'ordinary', '储罐区 VOCs 回收冷凝器泄漏', 29, 20, 'reported', 9),
  one('fine', 629002, 'emergency', 'major', '雨水排口切断阀不能远程关闭', 8, 30, 'ordered'),
  one('dye', 629002, 'waste-water', 'ordinary', '厌氧池沼气报警器未校准', 64, 15, 'archived'),
  one('chempark', 629002, 'waste-water', 'ordinary', '园区污水厂事故池液位计故障', 22, 15, 'reported', 3),
  one('hechuansewage', 629021, 'waste-water', 'ordinary', '格栅间硫化氢报警器未联锁风机', 84, 20, 'archived'),
  one('paper', 629021, 'waste-water', 'ordinary', '污泥压滤间照明非防爆', 38, 20, 'accepted', 5),
  one('starch', 629021, 'waste-water', 'major', 'UASB 沼气柜水封缺水', 6, 20, 'found'),
  one('tomato', 629021, 'waste-water', 'ordinary', '清淤作业未审批有限空间', 13, 10, 'ordered'),
]

function one(
  enterprise: string,
  region: Hazard['region'],
  theme: string,
  grade: Hazard['grade'],
  what: string,
  foundDaysAgo: number,
  days: number,
  reached: Reached,
  funds?: number,
): Hazard {
  const department =
    region === 629001 ? '市应急管理局' : region === 629002 ? '石岭区应急管理局' : '禾川县应急管理局'
  return {
    enterprise,
    region,
    theme,
    grade,
    what,
    department,
    foundDaysAgo,
    days,
    reached,
    ...(funds && { funds }),
  }
}

const branch = { 629001: 'jinhe', 629002: 'shiling', 629021: 'hechuan' } as const
const officer = { 629001: 'zhifa', 629002: 'shizhi', 629021: 'hezhi' } as const
const order: readonly Reached[] = ['found', 'ordered', 'planned', 'reported', 'accepted', 'archived']

function stepsOf(hazard: Hazard, nowMs: number): StoryStep[] {
  const { foundDaysAgo: found, days, reached } = hazard
  const until = (state: Reached) =>
    reached === 'rebound' ? true : order.indexOf(reached) >= order.indexOf(state)
  const ago = (after: number) => Math.max(0, found - after)
  const [head, hand] = [branch[hazard.region], officer[hazard.region]]
  const done = Math.round(days * 0.8)
  const steps: StoryStep[] = []
  if (until('ordered'))
    steps.push({
      transition: 'order',
      daysAgo: ago(1),
      by: 'zhidui',
      fields: {
        grade: hazard.grade,
        responsibleDepartment: hazard.department,
        dueOn: dayBefore(nowMs, ago(1) - days),
      },
      evidence: [{ demand: 'finding', kind: 'photo', title: hazard.what }],
    })
  if (until('planned'))
    steps.push({
      transition: 'plan',
      daysAgo: ago(4),
      by: hand,
      fields: {
        measures: `立即采取防范措施，${days} 日内完成整改：${hazard.what}。`,
        temporaryMeasures: '整改期间专人值守，相关区域设警戒。',
        personInCharge: '企业环保负责人',
        ...(hazard.funds && { funds: hazard.funds * 10_000 }),
      },
    })
  if (until('reported'))
    steps.push({
      transition: 'report',
      daysAgo: ago(done),
      by: hand,
      fields: { result: `已完成整改：${hazard.what}问题消除，设施恢复正常。` },
      evidence: [{ demand: 'remedy', kind: 'photo', title: `整改后：${hazard.what}` }],
    })
  if (until('accepted'))
    steps.push({
      transition: 'accept',
      daysAgo: ago(done + 3),
      by: 'zhidui',
      fields: {
        checkers: ['罗长河', head === 'jinhe' ? '韩劲松' : '石志坚'],
        checkedOn: dayBefore(nowMs, ago(done + 3)),
      },
      evidence: [{ demand: 'acceptance-record', kind: 'document', title: '隐患治理核查记录' }],
      lookBackMonths: 1,
    })
  if (reached === 'archived')
    steps.push({
      transition: 'confirm',
      daysAgo: ago(done + 34),
      by: 'zhidui',
      fields: { lookBackResult: '复查未反弹。' },
      evidence: [{ demand: 'look-back', kind: 'photo', title: '回头看现场' }],
    })
  if (reached === 'rebound')
    steps.push({
      transition: 'rebound',
      daysAgo: 2,
      by: 'zhidui',
      reason: '回头看发现应急池又存水约三分之一，排空制度没有落实。',
      evidence: [{ demand: 'rebound-finding', kind: 'photo', title: '应急池存水' }],
    })
  return steps
}

export const hazardStories = (nowMs: number): StoryMatter[] =>
  hazards.map((hazard) => ({
    workflow: 'hazard',
    title: hazard.what,
    regionCode: hazard.region,
    enterprise: hazard.enterprise,
    openedDaysAgo: hazard.foundDaysAgo,
    openedBy: officer[hazard.region],
    parties: {
      overseer: 'bureau',
      handler: branch[hazard.region],
      acceptor: 'bureau',
      owner: hazard.enterprise,
    },
    fields: { theme: hazard.theme },
    steps: stepsOf(hazard, nowMs),
    problem: {
      source: 'survey',
      theme: 'facility',
      detail: `重点环保设施安全隐患排查发现：${hazard.what}。`,
      causes: [[hazard.grade === 'major' ? 'facility-broken' : 'operation', '日常检查维护不到位']],
    },
  }))
