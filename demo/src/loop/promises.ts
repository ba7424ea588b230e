/** Promises to residents, and data that other departments asked for. */
import type { StoryMatter } from './story.ts'
import { dayBefore } from './story.ts'

const made = (
  title: string,
  residents: string,
  handler: string,
  by: string,
  openedDaysAgo: number,
  days: number,
  kept: boolean,
  nowMs: number,
): StoryMatter => ({
  workflow: 'promise',
  title,
  regionCode:
    handler === 'jinhe' ? 629001 : handler === 'shiling' ? 629002 : handler === 'hechuan' ? 629021 : 629000,
  openedDaysAgo,
  openedBy: 'zhenggai',
  parties: { overseer: 'bureau', handler, acceptor: 'government' },
  steps: [
    {
      transition: 'begin',
      daysAgo: openedDaysAgo - 3,
      by,
      fields: { promise: title, residents, dueOn: dayBefore(nowMs, openedDaysAgo - days) },
    },
    ...(kept
      ? [
          {
            transition: 'report',
            daysAgo: openedDaysAgo - days + 10,
            by,
            fields: { result: `${title}已完成。` },
            evidence: [{ demand: 'result', kind: 'photo' as const, title: '完成现场' }],
          },
          {
            transition: 'keep',
            daysAgo: openedDaysAgo - days + 4,
            by: 'zhengfu',
            fields: { satisfaction: 'satisfied', feedback: '走访住户 20 户，均表示满意。' },
            evidence: [{ demand: 'feedback', kind: 'document' as const, title: '回访记录' }],
          },
        ]
      : []),
  ],
})

export const promiseStories = (nowMs: number): StoryMatter[] => [
  made('冶金西路夜间异味治理', '冶金西路沿线 1,200 户', 'jinhe', 'jinhe', 210, 150, true, nowMs),
  made('金河河道黑臭段清淤', '河东社区 860 户', 'jinhe', 'jinhe', 190, 120, true, nowMs),
  made('石岭区龙首沟村饮水井水质监测公开', '龙首沟村 310 户', 'shiling', 'shiling', 160, 90, true, nowMs),
  made('禾川县城餐饮油烟集中整治', '县城东街商户与住户', 'hechuan', 'hechuan', 150, 100, true, nowMs),
  made('城区噪声扰民热点安装监测屏', '6 个社区', 'jinhe', 'jinhe', 80, 120, false, nowMs),
  made('石岭化工园区环境信息公开栏', '园区周边 3 个村', 'shiling', 'shiling', 70, 60, false, nowMs),
]

export const sharingStories = (nowMs: number): StoryMatter[] => [
  {
    workflow: 'data-sharing',
    title: '重点企业在线监测超标信息共享',
    regionCode: 629000,
    openedDaysAgo: 60,
    openedBy: 'yingji',
    parties: { handler: 'bureau', owner: 'emergency' },
    fields: {
      dataset: '污染源自动监测超标信息',
      scene: '安全生产风险研判',
      fieldsAsked: '企业、排放口、因子、时段、倍数',
      attribute: 'conditional',
    },
    steps: [
      {
        transition: 'agree',
        daysAgo: 52,
        by: 'zhenggai',
        fields: {
          answer: '同意按日共享',
          fieldsGranted: '企业、排放口、因子、时段',
          endsOn: dayBefore(nowMs, -300),
        },
      },
      {
        transition: 'deliver',
        daysAgo: 47,
        by: 'zhenggai',
        fields: { delivery: '接口推送' },
        evidence: [{ demand: 'delivery', kind: 'document', title: '数据提供确认单' }],
      },
    ],
  },
  {
    workflow: 'data-sharing',
    title: '污水处理厂进出水水量水质共享',
    regionCode: 629000,
    openedDaysAgo: 5,
    openedBy: 'zhujian',
    parties: { handler: 'bureau', owner: 'housing' },
    fields: {
      dataset: '城镇污水处理厂在线监测',
      scene: '排水管网提质增效评估',
      fieldsAsked: '进出水流量、COD、氨氮、总磷小时值',
      attribute: 'unconditional',
    },
    steps: [],
  },
]
