/** Words of complaints (信访举报), apart from their schemas: a browser that only shows them need not load the schema library. */
type Title = { readonly zh: string; readonly en: string }

/** By which way a complaint arrived. */
export const complaintChannels = {
  '12345': { zh: '12345 热线', en: 'Hotline 12345' },
  '12369': { zh: '12369 举报', en: 'Hotline 12369' },
  web: { zh: '网络举报', en: 'Web form' },
  wechat: { zh: '微信举报', en: 'WeChat' },
  letter: { zh: '来信', en: 'Letter' },
  visit: { zh: '来访', en: 'Visit' },
  superior: { zh: '上级转办', en: 'Passed down' },
} as const satisfies Record<string, Title>
export type ComplaintChannel = keyof typeof complaintChannels
export const complaintChannelNames = Object.keys(complaintChannels) as ComplaintChannel[]

/** What a complaint is about. `example` is shown to citizens beside the choice. */
export const complaintThemes = {
  odour: { zh: '异味', en: 'Smell', example: '刺鼻气味、臭味、油烟' },
  'waste-gas': { zh: '废气', en: 'Waste gas', example: '烟囱冒黑烟、车间无组织排放' },
  dust: { zh: '扬尘', en: 'Dust', example: '工地、料堆、渣土车扬尘' },
  'waste-water': { zh: '废水', en: 'Waste water', example: '偷排、河水变色、死鱼' },
  noise: { zh: '噪声', en: 'Noise', example: '工厂、工地夜间噪声' },
  'solid-waste': { zh: '固体废物', en: 'Solid waste', example: '倾倒废渣、油桶、医疗废物' },
  ecology: { zh: '生态破坏', en: 'Damage to nature', example: '毁林、采砂、占用保护地' },
  radiation: { zh: '辐射', en: 'Radiation', example: '放射源、基站、变电站' },
  project: { zh: '建设项目', en: 'Construction project', example: '未批先建、未验先投' },
  other: { zh: '其他', en: 'Other', example: '以上未列出的' },
} as const satisfies Record<string, Title & { example: string }>
export type ComplaintTheme = keyof typeof complaintThemes
export const complaintThemeNames = Object.keys(complaintThemes) as ComplaintTheme[]

export const complaintUrgencies = {
  urgent: { zh: '紧急', en: 'Urgent' },
  ordinary: { zh: '一般', en: 'Ordinary' },
  consultation: { zh: '咨询', en: 'Question' },
} as const satisfies Record<string, Title>
export type ComplaintUrgency = keyof typeof complaintUrgencies
export const complaintUrgencyNames = Object.keys(complaintUrgencies) as ComplaintUrgency[]

/** 信访工作条例 Art. 31: by which procedure it is handled. */
export const complaintNatures = {
  enforcement: { zh: '申请查处（依法履职）', en: 'Asks for enforcement' },
  request: { zh: '求决（信访程序）', en: 'Petition' },
  suggestion: { zh: '意见建议', en: 'Suggestion' },
  accusation: { zh: '检举控告（移送有权机关）', en: 'Accusation' },
} as const satisfies Record<string, Title>
export type ComplaintNature = keyof typeof complaintNatures
export const complaintNatureNames = Object.keys(complaintNatures) as ComplaintNature[]

export const complaintVerdicts = {
  substantiated: { zh: '属实', en: 'Substantiated' },
  partly: { zh: '部分属实', en: 'Partly substantiated' },
  unfounded: { zh: '不属实', en: 'Not substantiated' },
} as const satisfies Record<string, Title>
export type ComplaintVerdict = keyof typeof complaintVerdicts
export const complaintVerdictNames = Object.keys(complaintVerdicts) as ComplaintVerdict[]

export const complaintSatisfactions = {
  satisfied: { zh: '满意', en: 'Satisfied' },
  fair: { zh: '基本满意', en: 'Fairly satisfied' },
  dissatisfied: { zh: '不满意', en: 'Not satisfied' },
  unreached: { zh: '未联系上', en: 'Not reached' },
} as const satisfies Record<string, Title>
export type ComplaintSatisfaction = keyof typeof complaintSatisfactions
export const complaintSatisfactionNames = Object.keys(complaintSatisfactions) as ComplaintSatisfaction[]

export const complainantIdKinds = {
  none: { zh: '未登记证件', en: 'None' },
  'id-card': { zh: '居民身份证', en: 'Identity card' },
  passport: { zh: '护照', en: 'Passport' },
  other: { zh: '其他证件', en: 'Other' },
} as const satisfies Record<string, Title>
export type ComplainantIdKind = keyof typeof complainantIdKinds
export const complainantIdKindNames = Object.keys(complainantIdKinds) as ComplainantIdKind[]

/** What the citizen reads of the state, in plain words; never more than this. */
export const publicComplaintStates = {
  received: { zh: '已收到，待受理', en: 'Received' },
  accepted: { zh: '已受理，正在安排核查', en: 'Accepted' },
  checking: { zh: '正在现场核查', en: 'Being checked on site' },
  handling: { zh: '正在处理', en: 'Being handled' },
  answered: { zh: '已答复', en: 'Answered' },
  closed: { zh: '已办结', en: 'Closed' },
  joined: { zh: '与同一问题的举报合并办理', en: 'Handled together with others' },
  transferred: { zh: '已转送有权处理的单位', en: 'Passed to the competent body' },
} as const satisfies Record<string, Title>
export type PublicComplaintState = keyof typeof publicComplaintStates
export const publicComplaintStateNames = Object.keys(publicComplaintStates) as PublicComplaintState[]

export interface ComplaintLimit {
  readonly id: string
  readonly zh: string
  readonly limit: string
  readonly source: string
  /** `primary` is the text of the rule; `unverified` is customary and has to be confirmed locally (待核实). */
  readonly status: 'primary' | 'one-source' | 'unverified' | 'design'
  /** Shown to citizens. */
  readonly shown: boolean
}

/** Limits of handling; those of the law run as clocks, customary ones are offered when a complaint is dispatched. */
export const complaintLimits: readonly ComplaintLimit[] = [
  {
    id: 'inform',
    zh: '告知是否受理',
    limit: '自收到之日起 15 日内',
    source: '《信访工作条例》第二十二、二十三条；《环保举报热线工作管理办法》第八条',
    status: 'primary',
    shown: true,
  },
  {
    id: 'transfer',
    zh: '转交承办',
    limit: '3 个工作日内',
    source: '《环保举报热线工作管理办法》第九、十条',
    status: 'primary',
    shown: true,
  },
  {
    id: 'finish',
    zh: '办结并告知结果',
    limit: '自受理之日起 60 日内；情况复杂的，经批准可延长不超过 30 日，并告知理由',
    source: '《信访工作条例》第三十四条；《环保举报热线工作管理办法》第十一条',
    status: 'primary',
    shown: true,
  },
  {
    id: 'review',
    zh: '不服答复申请复查',
    limit: '自收到书面答复之日起 30 日内',
    source: '《信访工作条例》第三十五条',
    status: 'primary',
    shown: true,
  },
  {
    id: 'objection',
    zh: '不属本单位职责的，提出异议退回',
    limit: '5 个工作日内',
    source: '《信访工作条例》第二十三条',
    status: 'primary',
    shown: false,
  },
  {
    id: 'sign',
    zh: '承办单位签收',
    limit: '紧急 2 小时，一般 1 个工作日',
    source: '地方热线考核惯例',
    status: 'unverified',
    shown: false,
  },
  {
    id: 'arrive',
    zh: '紧急情况到达现场',
    limit: '4 小时（夜间异味、中毒、死鱼等）',
    source: '地方热线考核惯例',
    status: 'unverified',
    shown: false,
  },
  {
    id: 'send-back',
    zh: '不属职责的工单退回热线',
    limit: '1 个工作日',
    source: '地方热线考核惯例',
    status: 'unverified',
    shown: false,
  },
  {
    id: 'consultation',
    zh: '咨询类办结',
    limit: '3 至 5 个工作日',
    source: '地方热线考核惯例',
    status: 'unverified',
    shown: false,
  },
  {
    id: 'ordinary',
    zh: '一般投诉办结',
    limit: '10 至 15 个工作日，最长 30 日并可延期一次',
    source: '地方热线考核惯例',
    status: 'unverified',
    shown: false,
  },
]

/** Duplicates and repeats: same place, theme and time. */
export const complaintNearness = { metres: 200, days: 90 } as const
/** Sources of pollution shown beside a complaint lie within. */
export const complaintSourceKm = 3
export const complaintTextLimits = { content: 2000, place: 200, photos: 3, photoMb: 5 } as const

/** Said beside the field: the text is read by everybody who handles the matter, the person by few. */
export const complaintContentHint =
  '只写事情本身：何时、何地、什么情况。不要写举报人的姓名、电话、住址，这些另填，加密保存。'

/** By what the indicators are grouped. */
export const complaintKpiGroups = ['total', 'county', 'theme', 'channel', 'campaign'] as const
