/** Sixty complaints of the last half year: repeats at the same places, every way of arriving, every state. */
import { integer, stream, uniform } from '../chance.ts'
import { dayBefore, type StoryStep } from './story.ts'

export interface StoryComplaint {
  readonly channel: '12345' | '12369' | 'web' | 'wechat' | 'letter' | 'visit' | 'superior'
  readonly outerNumber?: string
  readonly title: string
  readonly theme: string
  readonly urgency: 'urgent' | 'ordinary' | 'consultation'
  readonly regionCode: 629001 | 629002 | 629021
  readonly place: string
  readonly lon: number
  readonly lat: number
  /** key of the cast */
  readonly enterprise?: string
  readonly content: string
  readonly receivedDaysAgo: number
  readonly campaign?: string
  readonly complainant?: { readonly name: string; readonly phone: string; readonly address: string }
  readonly steps: readonly StoryStep[]
}

interface Place {
  readonly place: string
  readonly lon: number
  readonly lat: number
  readonly region: StoryComplaint['regionCode']
  readonly theme: string
  readonly enterprise?: string
  readonly title: string
  readonly content: string
  readonly urgent?: boolean
  readonly verdict: 'substantiated' | 'partly' | 'unfounded'
  readonly findings: string
  readonly measures: string
  /** how many times in the half year */
  readonly times: number
}

const places: readonly Place[] = [
  {
    place: '冶金西路 26 号院',
    lon: 102.124,
    lat: 38.516,
    region: 629001,
    theme: 'odour',
    enterprise: 'pharma',
    title: '夜间有刺鼻药味',
    content: '每天晚上十点以后有很重的药味，不敢开窗，老人孩子头疼。',
    urgent: true,
    verdict: 'substantiated',
    findings: '夜间走访，厂界可闻到明显异味，发酵尾气生物滤池填料板结。',
    measures: '责令限期更换填料，夜间降负荷运行，安装厂界臭气监测。',
    times: 7,
  },
  {
    place: '河东社区污水泵站',
    lon: 102.216,
    lat: 38.529,
    region: 629001,
    theme: 'waste-water',
    title: '雨后河水发黑',
    content: '下雨以后泵站旁边的水口流黑水，河面有油花。',
    verdict: 'substantiated',
    findings: '雨水口有污水混入，上游为餐饮街雨污混接。',
    measures: '封堵混接点 2 处，餐饮街加装隔油设施。',
    times: 5,
  },
  {
    place: '金河大道 88 号工地',
    lon: 102.196,
    lat: 38.498,
    region: 629001,
    theme: 'dust',
    title: '工地扬尘没有遮盖',
    content: '工地土方没有盖，渣土车不冲洗，刮风全是土。',
    verdict: 'substantiated',
    findings: '裸土未覆盖约 3,000 平方米，出入口冲洗设施停用。',
    measures: '移交住建部门查处，当日覆盖，恢复冲洗。',
    times: 5,
  },
  {
    place: '钢厂东门外 500 米',
    lon: 102.158,
    lat: 38.472,
    region: 629001,
    theme: 'waste-gas',
    enterprise: 'steel',
    title: '烟囱冒黄烟',
    content: '早上六点多烟囱冒黄烟，持续半个小时。',
    verdict: 'partly',
    findings: '转炉吹炼初期二次除尘风量不足，在线数据未超标。',
    measures: '调整二次除尘风量控制，加强操作培训。',
    times: 4,
  },
  {
    place: '焦化厂家属区',
    lon: 102.142,
    lat: 38.463,
    region: 629001,
    theme: 'odour',
    enterprise: 'coking',
    title: '卫生球味道很大',
    content: '这几天卫生球一样的味道特别大。',
    verdict: 'substantiated',
    findings: '贮槽呼吸气收集管道破损。',
    measures: '更换管道，接入负压收集系统，复测达标。',
    times: 5,
  },
  {
    place: '城北物流园',
    lon: 102.238,
    lat: 38.561,
    region: 629001,
    theme: 'noise',
    title: '冷库机组夜间噪声',
    content: '冷库的机器整夜响，睡不着。',
    verdict: 'substantiated',
    findings: '夜间厂界噪声监测超过执行的排放限值。',
    measures: '责令改正，安装隔声屏，复测达标。',
    times: 3,
  },
  {
    place: '金河区花园小区',
    lon: 102.201,
    lat: 38.518,
    region: 629001,
    theme: 'odour',
    title: '楼下餐馆油烟',
    content: '楼下餐馆油烟直排，窗户上都是油。',
    verdict: 'partly',
    findings: '油烟净化器有安装，清洗记录不全。',
    measures: '移交城管部门，督促每月清洗。',
    times: 4,
  },
  {
    place: '龙首沟村',
    lon: 101.99,
    lat: 38.261,
    region: 629002,
    theme: 'waste-water',
    enterprise: 'mine',
    title: '沟里的水发白',
    content: '沟里的水有时候是白的，羊喝了不放心。',
    verdict: 'partly',
    findings: '尾矿库回水管道检修时少量跑冒，已收集；取样铜、镍未超标。',
    measures: '责令整改检修作业，增设围堰，向村民公布监测结果。',
    times: 4,
  },
  {
    place: '石灰岭村',
    lon: 102.211,
    lat: 38.297,
    region: 629002,
    theme: 'dust',
    enterprise: 'cement',
    title: '拉料车扬尘',
    content: '拉石头的车从村里过，路上全是灰。',
    verdict: 'substantiated',
    findings: '运输道路破损，洒水频次不足。',
    measures: '企业修复道路，每日洒水六次，车辆限速苫盖。',
    times: 4,
  },
  {
    place: '石岭化工园区南侧',
    lon: 102.05,
    lat: 38.32,
    region: 629002,
    theme: 'odour',
    enterprise: 'fine',
    title: '园区飘来臭鸡蛋味',
    content: '刮北风的时候有臭鸡蛋味。',
    urgent: true,
    verdict: 'unfounded',
    findings: '当夜走航监测未见异常，企业在线数据正常，异味来自农田沤肥。',
    measures: '向举报人说明监测结果，继续关注。',
    times: 3,
  },
  {
    place: '黑沟口',
    lon: 102.013,
    lat: 38.236,
    region: 629002,
    theme: 'solid-waste',
    title: '有人半夜倒废渣',
    content: '半夜有大车往沟里倒渣子，颜色发红。',
    verdict: 'substantiated',
    findings: '现场发现倾倒废渣约 40 吨，鉴别为一般工业固废。',
    measures: '立案查处，责令清运，加装卡口监控。',
    times: 2,
  },
  {
    place: '禾川县城东街',
    lon: 102.405,
    lat: 38.705,
    region: 629021,
    theme: 'odour',
    enterprise: 'starch',
    title: '淀粉厂臭味',
    content: '淀粉厂开工以后天天发臭。',
    verdict: 'substantiated',
    findings: '厌氧池密封不严，沼气外逸。',
    measures: '更换密封，沼气接入燃烧器。',
    times: 5,
  },
  {
    place: '禾川县西滩村养殖场',
    lon: 102.368,
    lat: 38.722,
    region: 629021,
    theme: 'waste-water',
    title: '养猪场粪水进渠',
    content: '养猪场的粪水流到渠里了。',
    verdict: 'substantiated',
    findings: '粪污池围堰破损外溢。',
    measures: '责令修复，会同农业农村部门落实粪污还田台账。',
    times: 4,
  },
  {
    place: '禾川县造纸厂南',
    lon: 102.412,
    lat: 38.688,
    region: 629021,
    theme: 'noise',
    enterprise: 'paper',
    title: '造纸厂晚上吵',
    content: '造纸厂晚上有很大的轰鸣声。',
    verdict: 'unfounded',
    findings: '夜间监测未超过执行的排放限值。',
    measures: '向举报人说明，企业同意夜间停用打包机。',
    times: 3,
  },
  {
    place: '南山河滩',
    lon: 102.431,
    lat: 38.652,
    region: 629021,
    theme: 'ecology',
    title: '河滩有人采砂',
    content: '南山河滩有挖机采砂，把河道挖得不像样。',
    verdict: 'partly',
    findings: '为水利部门批准的清淤，堆放超出范围。',
    measures: '移送水利部门，责令恢复河滩。',
    times: 2,
  },
]

const channels = ['12345', '12345', '12369', 'web', 'wechat', '12345', 'visit', 'letter', 'superior'] as const
const surnames = '王李张刘陈杨赵黄周吴徐孙马朱胡'
const given = ['先生', '女士']

const clerk = 'xinfang'
const branchOf = { 629001: 'jinhe', 629002: 'shiling', 629021: 'hechuan' } as const
const officerOf = { 629001: 'zhifa', 629002: 'shizhi', 629021: 'hezhi' } as const
const checkersOf = {
  629001: ['韩劲松', '丁立秋'],
  629002: ['石志坚', '孟小川'],
  629021: ['何青山', '杨柳青'],
} as const

export const branchOfComplaint = (complaint: StoryComplaint): string => branchOf[complaint.regionCode]

/** How far a complaint has come by its age: the last days are still open. */
function stepsOf(
  place: Place,
  receivedDaysAgo: number,
  named: boolean,
  slow: boolean,
  nowMs: number,
): StoryStep[] {
  const officer = officerOf[place.region]
  const pace = slow ? 3 : 1
  const all: (readonly [after: number, step: Omit<StoryStep, 'daysAgo'>])[] = [
    [
      1,
      {
        transition: 'accept',
        by: clerk,
        fields: { nature: 'enforcement', urgency: place.urgent ? 'urgent' : 'ordinary' },
      },
    ],
    [1, { transition: 'dispatch', by: clerk }],
    [1, { transition: 'sign', by: officer }],
    [
      2 * pace + 1,
      {
        transition: 'check',
        by: officer,
        fields: {
          verdict: place.verdict,
          checkers: [...checkersOf[place.region]],
          findings: place.findings,
        },
        evidence: [{ demand: 'site', kind: 'photo', title: `${place.place}核查现场` }],
      },
    ],
    [
      4 * pace + 2,
      {
        transition: 'handle',
        by: officer,
        fields: { measures: place.measures },
        evidence: [{ demand: 'result', kind: 'photo', title: '处理后现场' }],
      },
    ],
    named
      ? [
          4 * pace + 3,
          {
            transition: 'reply',
            by: officer,
            fields: {
              replyText: `您反映的“${place.title}”问题，经核查${verdictWords[place.verdict]}。${place.measures}`,
              replyWay: 'phone',
            },
            evidence: [{ demand: 'answer', kind: 'document', title: '答复意见书' }],
          },
        ]
      : [
          4 * pace + 3,
          {
            transition: 'no-reply',
            by: officer,
            fields: { replyText: `经核查${verdictWords[place.verdict]}。${place.measures}` },
          },
        ],
    [4 * pace + 6, { transition: 'visit', by: clerk, fields: {} }],
    [4 * pace + 7, { transition: 'close', by: clerk }],
  ]
  const steps: StoryStep[] = []
  for (const [after, step] of all) {
    if (after >= receivedDaysAgo) break
    const daysAgo = receivedDaysAgo - after
    steps.push({ ...step, daysAgo, fields: dated(step, daysAgo, nowMs, slow) })
  }
  return steps
}

const verdictWords = { substantiated: '属实', partly: '部分属实', unfounded: '不属实' } as const

/** Dates of the fields are the days of the steps. */
function dated(step: Omit<StoryStep, 'daysAgo'>, daysAgo: number, nowMs: number, slow: boolean) {
  const on = dayBefore(nowMs, daysAgo)
  if (step.transition === 'check') return { ...step.fields, checkedOn: on }
  if (step.transition === 'reply') return { ...step.fields, repliedOn: on }
  if (step.transition === 'visit')
    return { satisfaction: slow ? 'dissatisfied' : daysAgo % 3 === 0 ? 'fair' : 'satisfied', visitedOn: on }
  return step.fields ?? {}
}

export function complaintStories(seed: number, nowMs: number): StoryComplaint[] {
  const luck = stream(seed, 'complaints')
  const found: StoryComplaint[] = []
  let index = 0
  for (const place of places) {
    for (let time = 0; time < place.times; time++, index++) {
      // The newest of a place within the last weeks, the others spread over the half year.
      const receivedDaysAgo =
        time === 0 ? 1 + integer(luck, index * 7, 24) : 12 + integer(luck, index * 7, 165)
      const named = uniform(luck, index * 7 + 1) < 0.6
      const channel = channels[integer(luck, index * 7 + 2, channels.length)] ?? '12345'
      const slow = uniform(luck, index * 7 + 3) < 0.15
      const surname = surnames[integer(luck, index * 7 + 4, surnames.length)]
      const title = given[integer(luck, index * 7 + 5, given.length)]
      found.push({
        channel,
        ...((channel === '12345' || channel === '12369') && {
          outerNumber: `${channel}-${dayBefore(nowMs, receivedDaysAgo).replaceAll('-', '')}-${String(1000 + index)}`,
        }),
        title: place.title,
        theme: place.theme,
        urgency: place.urgent ? 'urgent' : 'ordinary',
        regionCode: place.region,
        place: place.place,
        lon: place.lon + (uniform(luck, index * 7 + 6) - 0.5) * 0.001,
        lat: place.lat,
        ...(place.enterprise && { enterprise: place.enterprise }),
        content: place.content,
        receivedDaysAgo,
        ...(place.theme === 'odour' && { campaign: '夜间异味专项整治' }),
        ...(named && {
          complainant: {
            name: `${surname}${title}`,
            phone: `1380000${String(1000 + integer(luck, index * 7 + 4, 9000))}`,
            address: place.place,
          },
        }),
        steps: stepsOf(place, receivedDaysAgo, named, slow, nowMs),
      })
    }
  }
  return found.toSorted((a, b) => b.receivedDaysAgo - a.receivedDaysAgo)
}
