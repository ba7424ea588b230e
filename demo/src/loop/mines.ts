/** Mines that damage the environment and were ordered to close: accepted, under way, overdue, and one looked at again. */
import type { StoryEvidence, StoryMatter, StoryStep } from './story.ts'
import { dayBefore } from './story.ts'

interface Mine {
  readonly code: string
  readonly name: string
  readonly mineral: string
  readonly method: 'underground' | 'open'
  readonly lon: number
  readonly lat: number
  readonly harm: 'water' | 'land' | 'subsidence' | 'air' | 'several'
  readonly harms: readonly string[]
  readonly orderedDaysAgo: number
  /** days from the order within which it has to stop, and to close */
  readonly stopDays: number
  readonly closeDays: number
  /** milestones reached, and the days after the order */
  readonly reached: readonly (readonly [step: keyof typeof milestones, days: number])[]
}

const photo = (demand: string, title: string): StoryEvidence => ({ demand, kind: 'photo', title })
const paper = (demand: string, title: string): StoryEvidence => ({ demand, kind: 'document', title })

/** What every mine reports at a milestone, by whom. */
const milestones = {
  stop: {
    by: 'handler',
    fields: () => ({}),
    evidence: [photo('stop', '井口停电、停产现场')],
  },
  'file-plan': {
    by: 'handler',
    fields: () => ({
      planSummary: '六个月内拆除选矿、提升设施，封闭井口，投入 320 万元，编制拆除期间应急措施。',
    }),
    evidence: [paper('plan', '矿井关闭方案与拆除活动污染防治方案')],
  },
  clear: {
    by: 'handler',
    fields: () => ({ residualChemicals: true, wasteManifests: true, poolsEmptied: true }),
    evidence: [photo('clear', '药剂库清空'), paper('clear', '危险废物转移联单')],
  },
  seal: {
    by: 'handler',
    fields: () => ({
      aditsSealed: true,
      wasteRockDrainage: '废石场修建截排水沟 860 米，渗水收集回用，未见酸性水。',
      mineWater: '涌水约 35 立方米/日，经沉淀池处理后用于复垦绿化，不外排。',
    }),
    evidence: [photo('seal', '主井口封闭'), photo('seal', '风井口封闭')],
  },
  survey: {
    by: 'handler',
    fields: () => ({
      surveyResult: '土壤点位 18 个、地下水井 4 口，均未超过所用筛选值，保留监测。',
      keptWells: true,
      managedBy: '石岭区自然资源局',
    }),
    evidence: [paper('survey', '场地土壤和地下水调查报告')],
  },
  accept: {
    by: 'acceptor',
    fields: () => ({ checkers: ['罗长河', '石志坚'] }),
    evidence: [photo('acceptance', '验收现场'), paper('acceptance-record', '现场验收意见')],
  },
  archive: {
    by: 'acceptor',
    fields: () => ({
      lookBackResult: '雨季后复查，井口封闭完好，截排水沟畅通，植被成活率 86%。',
      rainySeasonSeen: true,
      permitCancelled: true,
    }),
    evidence: [photo('look-back', '回头看现场')],
  },
} as const satisfies Record<
  string,
  { by: 'handler' | 'acceptor'; fields: () => Record<string, unknown>; evidence: readonly StoryEvidence[] }
>

export const mines: readonly Mine[] = [
  {
    code: 'KJ629002001',
    name: '石岭区黑沟一号井',
    mineral: '铜矿',
    method: 'underground',
    lon: 102.01,
    lat: 38.238,
    harm: 'water',
    harms: ['涌水污染沟道', '压占林草地'],
    orderedDaysAgo: 700,
    stopDays: 10,
    closeDays: 240,
    reached: [
      ['stop', 6],
      ['file-plan', 25],
      ['clear', 80],
      ['seal', 150],
      ['survey', 205],
      ['accept', 222],
      ['archive', 640],
    ],
  },
  {
    code: 'KJ629002002',
    name: '石岭区黑沟二号井',
    mineral: '铜矿',
    method: 'underground',
    lon: 102.018,
    lat: 38.233,
    harm: 'several',
    harms: ['涌水污染沟道', '地面塌陷'],
    orderedDaysAgo: 420,
    stopDays: 10,
    closeDays: 260,
    reached: [
      ['stop', 8],
      ['file-plan', 32],
      ['clear', 96],
      ['seal', 170],
      ['survey', 236],
      ['accept', 251],
    ],
  },
  {
    code: 'KJ629002003',
    name: '石岭区白石梁萤石矿',
    mineral: '萤石',
    method: 'open',
    lon: 101.94,
    lat: 38.29,
    harm: 'land',
    harms: ['压占损毁草地', '边坡裸露'],
    orderedDaysAgo: 300,
    stopDays: 10,
    closeDays: 210,
    reached: [
      ['stop', 5],
      ['file-plan', 28],
      ['clear', 75],
      ['seal', 140],
      ['survey', 188],
      ['accept', 203],
    ],
  },
  {
    code: 'KJ629002004',
    name: '石岭区青崖子煤矿',
    mineral: '煤',
    method: 'underground',
    lon: 102.092,
    lat: 38.205,
    harm: 'air',
    harms: ['矸石堆自燃', '扬尘'],
    orderedDaysAgo: 190,
    stopDays: 7,
    closeDays: 170,
    reached: [
      ['stop', 7],
      ['file-plan', 40],
      ['clear', 110],
    ],
  },
  {
    code: 'KJ629002005',
    name: '石岭区柳条河砂金矿',
    mineral: '砂金',
    method: 'open',
    lon: 102.151,
    lat: 38.262,
    harm: 'several',
    harms: ['破坏河道', '水体浑浊'],
    orderedDaysAgo: 120,
    stopDays: 5,
    closeDays: 200,
    reached: [
      ['stop', 3],
      ['file-plan', 21],
      ['clear', 60],
      ['seal', 98],
    ],
  },
  {
    code: 'KJ629021001',
    name: '禾川县南山石膏矿',
    mineral: '石膏',
    method: 'underground',
    lon: 102.42,
    lat: 38.66,
    harm: 'subsidence',
    harms: ['地面塌陷', '压占耕地'],
    orderedDaysAgo: 25,
    stopDays: 30,
    closeDays: 260,
    reached: [],
  },
]

const dated: Readonly<Record<string, string>> = {
  stop: 'stoppedOn',
  'file-plan': 'planFiledOn',
  accept: 'checkedOn',
}

export function mineStories(nowMs: number): StoryMatter[] {
  return mines.map((mine): StoryMatter => {
    const steps = mine.reached.map(([transition, days]): StoryStep => {
      const { by, fields, evidence } = milestones[transition]
      const daysAgo = mine.orderedDaysAgo - days
      const on = dated[transition]
      return {
        transition,
        daysAgo,
        by: by === 'handler' ? (mine.code.startsWith('KJ629021') ? 'hezhi' : 'ziran') : 'zhidui',
        fields: { ...fields(), ...(on !== undefined && { [on]: dayBefore(nowMs, daysAgo) }) },
        evidence,
        ...(transition === 'accept' && { lookBackMonths: 12 }),
      }
    })
    return {
      workflow: 'mine-closure',
      title: `${mine.name}关闭监督`,
      regionCode: mine.code.startsWith('KJ629021') ? 629021 : 629002,
      feature: `mine:${mine.code}`,
      place: { lon: mine.lon, lat: mine.lat },
      openedDaysAgo: mine.orderedDaysAgo,
      openedBy: 'zhenggai',
      parties: {
        overseer: 'bureau',
        handler: mine.code.startsWith('KJ629021') ? 'hechuan' : 'land',
        acceptor: 'bureau',
      },
      fields: {
        harm: mine.harm,
        order: `祁政矿关〔${dayBefore(nowMs, mine.orderedDaysAgo).slice(0, 4)}〕${Number(mine.code.slice(-3))}号`,
        stopBy: dayBefore(nowMs, mine.orderedDaysAgo - mine.stopDays),
        closeBy: dayBefore(nowMs, mine.orderedDaysAgo - mine.closeDays),
      },
      steps,
      problem: {
        source: mine.code === 'KJ629002004' ? 'remote-sensing' : 'survey',
        theme: 'ecology',
        detail: `${mine.name}（${mine.mineral}）${mine.harms.join('、')}，责令关闭。`,
        causes: [['legacy', '建矿早，开采与治理不同步']],
      },
    }
  })
}

/** The registry's row of a mine. */
export const mineFeature = (mine: Mine, nowMs: number) => {
  const accepted = mine.reached.find(([step]) => step === 'accept')
  return {
    code: mine.code,
    name: mine.name,
    lon: mine.lon,
    lat: mine.lat,
    regionCode: mine.code.startsWith('KJ629021') ? 629021 : 629002,
    properties: {
      mineral: mine.mineral,
      method: mine.method,
      status: accepted === undefined ? 'ordered' : 'closed',
      harms: [...mine.harms],
      orderedOn: dayBefore(nowMs, mine.orderedDaysAgo),
      ...(accepted && { closedOn: dayBefore(nowMs, mine.orderedDaysAgo - accepted[1]) }),
      responsibleCounty: mine.code.startsWith('KJ629021') ? '禾川县' : '石岭区',
    },
  }
}
