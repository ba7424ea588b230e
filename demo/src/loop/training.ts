/** Training and drills of the year: more than five hundred person-times, and what the drills showed. */
import { integer, stream } from '../chance.ts'
import { dayBefore } from './story.ts'

export interface StoryTraining {
  readonly kind: 'training' | 'drill'
  readonly theme:
    | 'ability'
    | 'law'
    | 'business'
    | 'monitoring'
    | 'enforcement'
    | 'emergency'
    | 'safety'
    | 'data'
  readonly title: string
  readonly daysAgo: number
  readonly hours: number
  readonly place: string
  readonly teacher: string
  readonly organization: string
  /** how many of the bureau, and of other bodies, came */
  readonly own: number
  readonly others: number
  readonly drill?: {
    readonly form: 'tabletop' | 'field' | 'call-up'
    readonly scenario: string
    readonly problems: readonly string[]
  }
}

const titles: readonly (readonly [
  theme: StoryTraining['theme'],
  title: string,
  teacher: string,
  own: number,
  others: number,
])[] = [
  ['law', '《生态环境法典》学习（一）：总则与行政责任', '叶正清', 46, 0],
  ['law', '《生态环境法典》学习（二）：行政处罚与按日计罚', '叶正清', 44, 0],
  ['enforcement', '现场检查与调查询问笔录制作', '罗长河', 28, 0],
  ['enforcement', '自动监测数据造假识别与取证', '周明川', 30, 0],
  ['monitoring', 'HJ 75 固定污染源烟气连续监测技术规范', '林知秋', 24, 12],
  ['data', '数据标记规则与超标认定', '周明川', 20, 38],
  ['business', '排污许可执行报告审核', '周明川', 22, 30],
  ['business', '危险废物规范化管理', '顾平章', 18, 34],
  ['emergency', '突发环境事件信息报告与应急监测', '高守望', 26, 0],
  ['safety', '重点环保设施安全隐患排查', '罗长河', 24, 26],
  ['ability', '公文写作与信访答复', '苏静文', 26, 0],
  ['ability', '县区执法人员岗位练兵', '罗长河', 32, 0],
]

export function trainingStories(seed: number, nowMs: number): StoryTraining[] {
  const luck = stream(seed, 'training')
  const events = titles.map(
    ([theme, title, teacher, own, others], index): StoryTraining => ({
      kind: 'training',
      theme,
      title,
      daysAgo: 20 + index * 24 + integer(luck, index, 8),
      hours: index % 3 === 0 ? 6 : 3,
      place: index % 2 === 0 ? '市局三楼会议室' : '市委党校',
      teacher,
      organization: 'bureau',
      own,
      others,
    }),
  )
  const drills: StoryTraining[] = [
    {
      kind: 'drill',
      theme: 'emergency',
      title: '祁水跨界水污染事件应急演练',
      daysAgo: 62,
      hours: 4,
      place: '祁水石门断面',
      teacher: '沈远山',
      organization: 'bureau',
      own: 31,
      others: 22,
      drill: {
        form: 'field',
        scenario: '运输硫酸槽车侧翻，酸液进入祁水支流',
        problems: ['首报用时 52 分钟，超过预案要求的 30 分钟', '下游拦截坝物资点距离现场 40 公里'],
      },
    },
    {
      kind: 'drill',
      theme: 'emergency',
      title: '石岭化工园区桌面推演',
      daysAgo: 140,
      hours: 2,
      place: '石岭分局',
      teacher: '马成林',
      organization: 'shiling',
      own: 16,
      others: 14,
      drill: {
        form: 'tabletop',
        scenario: '储罐泄漏引发消防废水外溢',
        problems: ['园区雨水总阀操作责任不清'],
      },
    },
  ]
  return [...events, ...drills].filter(
    (event) =>
      dayBefore(nowMs, event.daysAgo) >= `${dayBefore(nowMs, 0).slice(0, 4)}-01-01` || event.daysAgo < 330,
  )
}
