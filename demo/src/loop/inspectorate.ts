/** Two rounds of inspectorates with fourteen problems in every state, one of which came back. */
import type { StoryEvidence, StoryMatter, StoryStep } from './story.ts'
import { dayBefore } from './story.ts'

type Reached =
  | 'issued'
  | 'planning'
  | 'plan-review'
  | 'rectifying'
  | 'self-checked'
  | 'checked'
  | 'on-notice'
  | 'cancelled'
  | 'archived'
  | 'rebound'

interface Problem {
  readonly no: string
  readonly list: 'central' | 'province'
  readonly key: boolean
  readonly title: string
  readonly words: string
  readonly theme: string
  readonly region: 629000 | 629001 | 629002 | 629021
  readonly enterprise?: string
  readonly place?: { readonly lon: number; readonly lat: number }
  readonly handler: string
  /** who acts for the handler, and for the acceptor */
  readonly by: string
  readonly unit: string
  readonly goals: readonly { readonly indicator: string; readonly target: string; readonly actual?: string }[]
  readonly measures: string
  readonly cycleMonths: number
  readonly fundsWan?: number
  readonly issuedDaysAgo: number
  /** days from the plan's approval to the time limit */
  readonly days: number
  readonly reached: Reached
  /** progress of the last months, newest last */
  readonly progress?: readonly (readonly [percent: number, pace: 'on-time' | 'behind'])[]
  readonly bottleneck?: string
  readonly causes: readonly (readonly [kind: string, text: string])[]
}

const ROUND_ONE_DAYS = 780
const ROUND_TWO_DAYS = 165

const problems: readonly Problem[] = [
  {
    no: '中央督察反馈第 3 项',
    list: 'central',
    key: true,
    title: '金河冶金园区无组织排放严重',
    words: '金河冶金园区部分企业物料露天堆存，转运扬尘明显，无组织排放管控不到位。',
    theme: 'air',
    region: 629001,
    enterprise: 'steel',
    handler: 'jinhe',
    by: 'jinhe',
    unit: '金河区人民政府、祁川钢铁企业',
    goals: [
      { indicator: '厂界颗粒物小时浓度', target: '≤1.0 mg/m³', actual: '0.62 mg/m³' },
      { indicator: '封闭料棚面积', target: '12 万平方米', actual: '12.4 万平方米' },
    ],
    measures: '建成封闭料棚和管状皮带，配套雾炮、清扫与在线监控，完成有组织无组织超低改造评估监测。',
    cycleMonths: 3,
    fundsWan: 8600,
    issuedDaysAgo: ROUND_ONE_DAYS,
    days: 300,
    reached: 'archived',
    causes: [['facility-missing', '料场未封闭']],
  },
  {
    no: '中央督察反馈第 7 项',
    list: 'central',
    key: true,
    title: '金河老城区生活污水直排祁水',
    words: '金河老城区雨污混接点多，汛期污水经雨水口直排祁水。',
    theme: 'water',
    region: 629001,
    place: { lon: 102.214, lat: 38.531 },
    handler: 'housing',
    by: 'zhujian',
    unit: '市住房和城乡建设局',
    goals: [
      { indicator: '混接点改造', target: '46 处', actual: '46 处' },
      { indicator: '污水处理厂进水 COD 年均浓度', target: '≥200 mg/L', actual: '236 mg/L' },
    ],
    measures: '新建污水管网 18 公里，改造混接点 46 处，建设调蓄池 2 座。',
    cycleMonths: 12,
    fundsWan: 12_400,
    issuedDaysAgo: ROUND_ONE_DAYS,
    days: 360,
    reached: 'archived',
    causes: [
      ['facility-missing', '管网不完善'],
      ['money', '地方配套资金不足'],
    ],
  },
  {
    no: '中央督察反馈第 11 项',
    list: 'central',
    key: true,
    title: '石岭区历史遗留尾矿渗水影响沟道水质',
    words: '黑沟历史遗留尾矿堆未治理，渗水使下游沟道铜、镍浓度升高。',
    theme: 'soil',
    region: 629002,
    enterprise: 'mine',
    handler: 'shiling',
    by: 'shiling',
    unit: '石岭区人民政府',
    goals: [
      { indicator: '沟道出口铜年均浓度', target: '≤1.0 mg/L', actual: '0.41 mg/L' },
      { indicator: '沟道出口镍年均浓度', target: '≤0.02 mg/L', actual: '0.013 mg/L' },
    ],
    measures: '封场覆盖、截洪导排、渗滤液收集处理，建设监测井 5 口。',
    cycleMonths: 12,
    fundsWan: 5300,
    issuedDaysAgo: ROUND_ONE_DAYS,
    days: 330,
    reached: 'rebound',
    causes: [
      ['legacy', '矿权灭失，责任主体缺失'],
      ['season', '汛期施工窗口短'],
    ],
  },
  {
    no: '中央督察反馈第 15 项',
    list: 'central',
    key: false,
    title: '禾川县淀粉企业废水超总量排放',
    words: '禾川淀粉企业榨季废水量超过许可水量，县城污水厂受冲击。',
    theme: 'water',
    region: 629021,
    enterprise: 'starch',
    handler: 'hechuan',
    by: 'hechuan',
    unit: '禾川县人民政府、禾川淀粉企业',
    goals: [{ indicator: '外排废水 COD', target: '≤100 mg/L', actual: '78 mg/L' }],
    measures: '扩建厌氧与好氧处理单元，榨季错峰生产，安装流量联锁。',
    cycleMonths: 2,
    fundsWan: 1900,
    issuedDaysAgo: ROUND_ONE_DAYS,
    days: 240,
    reached: 'archived',
    causes: [['facility-undersized', '处理能力小于榨季水量']],
  },
  {
    no: '中央督察反馈第 18 项',
    list: 'central',
    key: false,
    title: '危险废物贮存不规范',
    words: '铅锌冶炼企业铅滤渣露天堆存，贮存间防渗不足，台账不全。',
    theme: 'solid-waste',
    region: 629002,
    enterprise: 'lead',
    handler: 'shiling',
    by: 'shiling',
    unit: '石岭区人民政府、祁川铅锌冶炼企业',
    goals: [{ indicator: '规范化管理评估', target: '达标', actual: '达标' }],
    measures: '新建 3,200 平方米贮存库，清运积存滤渣，完善台账和联单。',
    cycleMonths: 0,
    fundsWan: 760,
    issuedDaysAgo: ROUND_ONE_DAYS,
    days: 180,
    reached: 'cancelled',
    causes: [['duty', '企业主体责任不落实']],
  },
  {
    no: '中央督察反馈第 21 项',
    list: 'central',
    key: false,
    title: '燃煤小锅炉淘汰不彻底',
    words: '城乡结合部仍有 10 蒸吨以下燃煤锅炉 14 台在用。',
    theme: 'air',
    region: 629001,
    place: { lon: 102.232, lat: 38.486 },
    handler: 'jinhe',
    by: 'jinhe',
    unit: '金河区人民政府',
    goals: [{ indicator: '淘汰台数', target: '14 台', actual: '14 台' }],
    measures: '集中供热替代 9 台，改电改气 5 台，拆除验收。',
    cycleMonths: 0,
    fundsWan: 430,
    issuedDaysAgo: ROUND_ONE_DAYS,
    days: 210,
    reached: 'archived',
    causes: [['planning', '集中供热未覆盖']],
  },
  {
    no: '中央督察反馈第 24 项',
    list: 'central',
    key: true,
    title: '垃圾填埋场渗滤液处理能力不足',
    words: '金河生活垃圾填埋场渗滤液积存约 2.6 万立方米，处理能力不足。',
    theme: 'solid-waste',
    region: 629001,
    place: { lon: 102.302, lat: 38.455 },
    handler: 'housing',
    by: 'zhujian',
    unit: '市住房和城乡建设局',
    goals: [
      { indicator: '积存渗滤液', target: '清零', actual: '0.3 万立方米' },
      { indicator: '处理能力', target: '200 吨/日', actual: '200 吨/日' },
    ],
    measures: '扩建渗滤液处理站至 200 吨/日，应急外运处理积存量。',
    cycleMonths: 6,
    fundsWan: 2750,
    issuedDaysAgo: ROUND_ONE_DAYS,
    days: 640,
    reached: 'rectifying',
    progress: [
      [62, 'on-time'],
      [70, 'behind'],
      [76, 'behind'],
    ],
    bottleneck: '浓缩液去向未落实，膜系统更换延期。',
    causes: [
      ['facility-undersized', '处理能力不足'],
      ['technology', '浓缩液处置技术路线未定'],
    ],
  },
  {
    no: '中央督察反馈第 27 项',
    list: 'central',
    key: false,
    title: '自动监测数据弄虚作假查处不力',
    words: '部分企业自动监测数据异常，属地监管发现问题少、查处少。',
    theme: 'data-quality',
    region: 629000,
    handler: 'jinhe',
    by: 'jinhe',
    unit: '市生态环境局各分局',
    goals: [{ indicator: '异常线索核查率', target: '100%', actual: '100%' }],
    measures: '建立线索研判机制，组织专项执法，移送公安联合查办。',
    cycleMonths: 6,
    issuedDaysAgo: ROUND_ONE_DAYS,
    days: 300,
    reached: 'cancelled',
    causes: [['staff', '县区执法人员少、能力弱']],
  },
  {
    no: '省级督察反馈第 2 项',
    list: 'province',
    key: true,
    title: '石岭化工园区污水集中处理设施建设滞后',
    words: '石岭化工园区二期企业已投产，配套污水处理设施未同步建成。',
    theme: 'water',
    region: 629002,
    enterprise: 'chempark',
    handler: 'shiling',
    by: 'shiling',
    unit: '石岭区人民政府、化工园区管委会',
    goals: [
      { indicator: '新增处理能力', target: '5,000 吨/日' },
      { indicator: '出水 COD', target: '≤50 mg/L' },
    ],
    measures: '建设园区污水厂二期，过渡期废水限产分质处理。',
    cycleMonths: 3,
    fundsWan: 9800,
    issuedDaysAgo: ROUND_TWO_DAYS,
    days: 260,
    reached: 'rectifying',
    progress: [
      [25, 'on-time'],
      [41, 'on-time'],
      [58, 'on-time'],
    ],
    causes: [
      ['facility-missing', '集中治理设施滞后'],
      ['land', '征地拆迁延误'],
    ],
  },
  {
    no: '省级督察反馈第 4 项',
    list: 'province',
    key: true,
    title: '金河区机动车和非道路机械尾气监管薄弱',
    words: '非道路移动机械编码登记率低，禁用区内仍有冒黑烟机械作业。',
    theme: 'air',
    region: 629001,
    place: { lon: 102.187, lat: 38.52 },
    handler: 'jinhe',
    by: 'jinhe',
    unit: '金河区人民政府',
    goals: [
      { indicator: '编码登记率', target: '≥95%', actual: '97%' },
      { indicator: '抽测合格率', target: '≥90%', actual: '93%' },
    ],
    measures: '集中登记，联合抽测，施工合同写明排放要求。',
    cycleMonths: 2,
    issuedDaysAgo: ROUND_TWO_DAYS,
    days: 90,
    reached: 'on-notice',
    causes: [['other-department', '部门职责交叉']],
  },
  {
    no: '省级督察反馈第 6 项',
    list: 'province',
    key: false,
    title: '禾川县城污水处理厂雨天溢流',
    words: '禾川县城污水处理厂设计能力不足，雨天溢流直排。',
    theme: 'water',
    region: 629021,
    enterprise: 'hechuansewage',
    handler: 'hechuan',
    by: 'hechuan',
    unit: '禾川县人民政府',
    goals: [{ indicator: '新增处理能力', target: '1 万吨/日' }],
    measures: '扩建 1 万吨/日，建设溢流调蓄池。',
    cycleMonths: 6,
    fundsWan: 6400,
    issuedDaysAgo: ROUND_TWO_DAYS,
    days: 100,
    reached: 'rectifying',
    progress: [
      [12, 'behind'],
      [20, 'behind'],
      [28, 'behind'],
    ],
    bottleneck: '专项债资金到位晚，冬季不能施工。',
    causes: [
      ['facility-undersized', '设计能力不足'],
      ['money', '专项债未到位'],
    ],
  },
  {
    no: '省级督察反馈第 9 项',
    list: 'province',
    key: false,
    title: '焦化企业挥发性有机物收集不到位',
    words: '化产区贮槽逸散气体未全部收集，异味投诉集中。',
    theme: 'air',
    region: 629001,
    enterprise: 'coking',
    handler: 'jinhe',
    by: 'jinhe',
    unit: '金河区人民政府、祁川焦化企业',
    goals: [{ indicator: '厂界非甲烷总烃', target: '≤4.0 mg/m³', actual: '2.6 mg/m³' }],
    measures: '贮槽全部接入负压收集，增设洗涤与焚烧。',
    cycleMonths: 1,
    fundsWan: 1350,
    issuedDaysAgo: ROUND_TWO_DAYS,
    days: 95,
    reached: 'checked',
    causes: [['operation', '收集系统运行管理不到位']],
  },
  {
    no: '省级督察反馈第 12 项',
    list: 'province',
    key: false,
    title: '南山石膏矿塌陷区生态修复未启动',
    words: '禾川县南山石膏矿采空塌陷约 140 亩，修复方案未编制。',
    theme: 'ecology',
    region: 629021,
    place: { lon: 102.421, lat: 38.661 },
    handler: 'land',
    by: 'ziran',
    unit: '市自然资源局、禾川县人民政府',
    goals: [{ indicator: '修复面积', target: '140 亩' }],
    measures: '编制修复方案，回填整治，恢复植被。',
    cycleMonths: 12,
    fundsWan: 880,
    issuedDaysAgo: ROUND_TWO_DAYS,
    days: 420,
    reached: 'plan-review',
    causes: [['legacy', '历史采空区']],
  },
  {
    no: '省级督察反馈第 14 项',
    list: 'province',
    key: false,
    title: '医药企业异味扰民反复',
    words: '制药企业发酵尾气治理效果不稳定，周边居民反复投诉。',
    theme: 'air',
    region: 629001,
    enterprise: 'pharma',
    handler: 'jinhe',
    by: 'jinhe',
    unit: '金河区人民政府、祁川制药企业',
    goals: [{ indicator: '厂界臭气浓度', target: '≤20（无量纲）' }],
    measures: '改造发酵尾气生物滤池，建设在线臭气监测。',
    cycleMonths: 3,
    fundsWan: 620,
    issuedDaysAgo: 34,
    days: 150,
    reached: 'planning',
    causes: [['facility-broken', '生物滤池老化']],
  },
]

const order: readonly Reached[] = [
  'issued',
  'planning',
  'plan-review',
  'rectifying',
  'self-checked',
  'checked',
  'on-notice',
  'cancelled',
  'archived',
]

const photo = (demand: string, title: string): StoryEvidence => ({ demand, kind: 'photo', title })
const paper = (demand: string, title: string): StoryEvidence => ({ demand, kind: 'document', title })

/** Whoever accepts: the city's supervision office for what the bureau oversees. */
const ACCEPTOR = 'zhengfu'
const OVERSEER = 'zhenggai'

function planFields(problem: Problem, nowMs: number, approvedDaysAgo: number): Record<string, unknown> {
  return {
    responsibleUnit: problem.unit,
    acceptanceUnit: '祁川市人民政府督查室',
    goals: problem.goals.map(({ indicator, target }) => ({ indicator, target })),
    dueOn: dayBefore(nowMs, approvedDaysAgo - problem.days),
    measures: problem.measures,
    cycleMonths: problem.cycleMonths,
  }
}

const results = (problem: Problem) =>
  problem.goals.map(({ indicator, target, actual }) => ({
    indicator,
    target,
    actual: actual ?? target,
    data: '监测站季度监测报告',
    reached: true,
  }))

/** From the opening to where the problem stands now. */
function stepsOf(problem: Problem, nowMs: number): StoryStep[] {
  const { issuedDaysAgo, reached } = problem
  const until = (state: Reached) =>
    reached === 'rebound' ? true : order.indexOf(reached) >= order.indexOf(state)
  const at = (after: number) => Math.max(0, issuedDaysAgo - after)
  const approved = issuedDaysAgo - 40
  const steps: StoryStep[] = []
  const add = (state: Reached, step: StoryStep) => until(state) && steps.push(step)
  add('planning', {
    transition: 'split',
    daysAgo: at(4),
    by: OVERSEER,
    fields: { problemText: problem.words, list: problem.list, key: problem.key, sourcePage: '反馈意见' },
  })
  add('plan-review', {
    transition: 'submit-plan',
    daysAgo: reached === 'plan-review' ? 3 : at(30),
    by: problem.by,
    fields: {
      ...planFields(problem, nowMs, approved),
      ...(problem.fundsWan && { funds: problem.fundsWan * 10_000 }),
    },
  })
  add('rectifying', {
    transition: 'approve-plan',
    daysAgo: at(40),
    by: OVERSEER,
    fields: without(planFields(problem, nowMs, approved), 'cycleMonths'),
  })
  for (const [index, [progress, pace]] of (problem.progress ?? []).entries()) {
    const last = (problem.progress?.length ?? 0) - 1
    steps.push({
      transition: 'dispatch',
      daysAgo: 30 * (last - index) + 3,
      by: problem.by,
      fields: {
        progress,
        pace,
        progressText: `已完成 ${progress}%。`,
        ...(pace === 'behind' && problem.bottleneck && { bottleneck: problem.bottleneck }),
      },
      evidence: [photo('progress', '月度进展')],
    })
  }
  if (!until('self-checked')) return steps
  // Long ago problems were finished at three quarters of their time, this year's just now.
  const finished = Math.min(40 + Math.round(problem.days * 0.75), issuedDaysAgo - 16)
  steps.push({
    transition: 'self-check',
    daysAgo: at(finished),
    by: problem.by,
    fields: {
      result: `${problem.measures}以上措施已全部完成。`,
      goalResults: results(problem),
      sourceRemoved: true,
      paperOnly: false,
      dataFrom: dayBefore(nowMs, at(finished) + problem.cycleMonths * 31 + 5),
      dataTo: dayBefore(nowMs, at(finished) + 1),
    },
    evidence: [
      paper('closing-report', '整改完成情况报告'),
      photo('after', '整改后现场'),
      paper('data', '监测报告'),
    ],
  })
  add('checked', {
    transition: 'department-check',
    daysAgo: at(finished + 4),
    by: OVERSEER,
    fields: { checkFinding: '现场核查，措施落实，同意申请验收。', repeatComplaints: 0 },
  })
  add('on-notice', {
    transition: 'accept',
    daysAgo: at(finished + 10),
    by: ACCEPTOR,
    fields: {
      acceptors: ['程济民', '罗长河'],
      acceptedOn: dayBefore(nowMs, at(finished + 10)),
      goalResults: results(problem),
      sourceRemoved: true,
      paperOnly: false,
    },
    evidence: [paper('site-record', '现场验收记录'), photo('acceptance-photo', '验收现场')],
  })
  add('on-notice', {
    transition: 'notice',
    daysAgo: at(finished + 13),
    by: OVERSEER,
    fields: { noticePlace: '市政府门户网站督察整改专栏' },
    evidence: [paper('notice-page', '公示页面')],
  })
  add('cancelled', {
    transition: 'cancel',
    daysAgo: at(finished + 27),
    by: OVERSEER,
    fields: { objections: '公示期间无异议。', lookBackDrawn: true },
    evidence: [paper('approval-form', '销号审批表')],
    lookBackMonths: 6,
  })
  add('archived', ending(problem, at(finished + 27)))
  return steps
}

/** Half a year later: it holds, or it has come back. */
function ending(problem: Problem, cancelledDaysAgo: number): StoryStep {
  const daysAgo = Math.max(6, cancelledDaysAgo - 185)
  if (problem.reached === 'rebound')
    return {
      transition: 'rebound',
      daysAgo,
      by: OVERSEER,
      reason: '回头看发现封场边坡冲沟，渗水重新外流，沟道出口镍浓度 0.031 mg/L，超过整改目标。',
      evidence: [photo('rebound-finding', '渗水外流'), paper('rebound-finding', '沟道水质监测报告')],
    }
  return {
    transition: 'consolidate',
    daysAgo,
    by: OVERSEER,
    fields: {
      lookBackPeople: ['顾平章', '罗长河'],
      lookBackResult: '现场复核，整改成效保持，未发现反弹。',
      satisfaction: 'satisfied',
    },
    evidence: [photo('look-back', '回头看现场'), paper('look-back-checklist', '回头看核查表')],
  }
}

function without(fields: Record<string, unknown>, key: string): Record<string, unknown> {
  const { [key]: _, ...rest } = fields
  return rest
}

export const inspectorateStories = (nowMs: number): StoryMatter[] =>
  problems.map((problem) => ({
    workflow: 'rectification',
    title: problem.title,
    regionCode: problem.region,
    ...(problem.enterprise && { enterprise: problem.enterprise }),
    ...(problem.place && { place: problem.place }),
    openedDaysAgo: problem.issuedDaysAgo,
    openedBy: OVERSEER,
    parties: {
      overseer: 'bureau',
      handler: problem.handler,
      acceptor: 'government',
      ...(problem.enterprise && { owner: problem.enterprise }),
    },
    steps: stepsOf(problem, nowMs),
    problem: {
      source: 'inspectorate',
      ref: problem.no,
      theme: problem.theme,
      detail: problem.words,
      causes: problem.causes,
    },
  }))
