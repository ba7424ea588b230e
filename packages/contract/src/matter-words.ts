/** Words of matters and problems, apart from their schemas: a browser that only shows them need not load the schema library. */

export const matterPhases = ['open', 'watched', 'closed', 'dropped'] as const
export type MatterPhaseName = (typeof matterPhases)[number]
export const matterPhaseTitles = {
  open: { zh: '办理中', en: 'In progress' },
  watched: { zh: '待回头看', en: 'To be looked back on' },
  closed: { zh: '已办结', en: 'Closed' },
  dropped: { zh: '已终止', en: 'Ended without remedy' },
} as const satisfies Record<MatterPhaseName, { zh: string; en: string }>

export const matterParties = ['overseer', 'handler', 'acceptor', 'reviewer', 'owner'] as const
export type MatterParty = (typeof matterParties)[number]
export const matterPartyTitles = {
  overseer: { zh: '交办单位', en: 'Overseer' },
  handler: { zh: '责任单位', en: 'Handler' },
  acceptor: { zh: '验收单位', en: 'Acceptor' },
  reviewer: { zh: '法制审核', en: 'Legal reviewer' },
  owner: { zh: '当事企业', en: 'Enterprise concerned' },
} as const satisfies Record<MatterParty, { zh: string; en: string }>

/** Where a problem came from; every source of a merged problem is kept. */
export const problemSources = [
  'lead',
  'inspection',
  'inspectorate',
  'media',
  'complaint',
  'remote-sensing',
  'department',
  'survey',
  'self',
] as const
export type ProblemSource = (typeof problemSources)[number]
export const problemSourceTitles = {
  lead: { zh: '在线监控线索', en: 'Lead of online monitoring' },
  inspection: { zh: '执法检查', en: 'Inspection' },
  inspectorate: { zh: '环保督察', en: 'Inspectorate' },
  media: { zh: '媒体曝光', en: 'Media' },
  complaint: { zh: '信访举报', en: 'Complaint' },
  'remote-sensing': { zh: '卫星遥感、无人机', en: 'Remote sensing' },
  department: { zh: '部门移送', en: 'Other department' },
  survey: { zh: '专项排查', en: 'Survey' },
  self: { zh: '自查发现', en: 'Found by oneself' },
} as const satisfies Record<ProblemSource, { zh: string; en: string }>

export const problemThemes = [
  'air',
  'water',
  'soil',
  'solid-waste',
  'noise',
  'ecology',
  'radiation',
  'data-quality',
  'facility',
  'procedure',
  'other',
] as const
export type ProblemTheme = (typeof problemThemes)[number]
export const problemThemeTitles = {
  air: { zh: '大气', en: 'Air' },
  water: { zh: '水', en: 'Water' },
  soil: { zh: '土壤和地下水', en: 'Soil and groundwater' },
  'solid-waste': { zh: '固体废物', en: 'Solid waste' },
  noise: { zh: '噪声', en: 'Noise' },
  ecology: { zh: '生态破坏', en: 'Damage to nature' },
  radiation: { zh: '辐射', en: 'Radiation' },
  'data-quality': { zh: '监测数据质量', en: 'Quality of monitoring data' },
  facility: { zh: '治污设施', en: 'Treatment facility' },
  procedure: { zh: '手续和管理', en: 'Permits and management' },
  other: { zh: '其他', en: 'Other' },
} as const satisfies Record<ProblemTheme, { zh: string; en: string }>

/** `untreated`: no matter treats it yet; `treated`: one is under way; `solved`: all have ended; `merged`: part of another. */
export const problemStates = ['untreated', 'treated', 'solved', 'merged'] as const
export type ProblemState = (typeof problemStates)[number]
export const problemStateTitles = {
  untreated: { zh: '未立项', en: 'No matter yet' },
  treated: { zh: '整改中', en: 'Being treated' },
  solved: { zh: '已解决', en: 'Solved' },
  merged: { zh: '已归并', en: 'Merged' },
} as const satisfies Record<ProblemState, { zh: string; en: string }>

/** Root causes (根源) and bottlenecks (堵点); a text says the particulars. */
export const causeKinds = {
  'facility-missing': { zh: '治污设施缺失', en: 'No treatment facility', bottleneck: false },
  'facility-undersized': { zh: '治污设施能力不足', en: 'Treatment too small', bottleneck: false },
  'facility-broken': { zh: '设施故障、老化', en: 'Equipment broken or old', bottleneck: false },
  'facility-not-run': { zh: '设施不正常运行', en: 'Equipment not run properly', bottleneck: false },
  'process-outdated': { zh: '生产工艺落后', en: 'Outdated process', bottleneck: false },
  'fuel-or-material': { zh: '原燃料变化', en: 'Change of fuel or material', bottleneck: false },
  operation: { zh: '运维管理不到位', en: 'Poor operation', bottleneck: false },
  falsification: { zh: '弄虚作假', en: 'Falsification', bottleneck: false },
  duty: { zh: '主体责任不落实', en: 'Duty not carried out', bottleneck: false },
  planning: { zh: '布局、规划遗留', en: 'Left by planning', bottleneck: false },
  legacy: { zh: '历史遗留', en: 'Legacy', bottleneck: false },
  other: { zh: '其他', en: 'Other', bottleneck: false },
  money: { zh: '资金不到位', en: 'No money', bottleneck: true },
  land: { zh: '用地、征拆受阻', en: 'Land', bottleneck: true },
  approval: { zh: '审批手续未完成', en: 'Approval outstanding', bottleneck: true },
  technology: { zh: '技术路线未定', en: 'Technology open', bottleneck: true },
  staff: { zh: '人员力量不足', en: 'Too few people', bottleneck: true },
  'other-department': { zh: '部门职责交叉', en: 'Duties of departments overlap', bottleneck: true },
  season: { zh: '施工季节限制', en: 'Season', bottleneck: true },
  'other-bottleneck': { zh: '其他堵点', en: 'Other bottleneck', bottleneck: true },
} as const satisfies Record<string, { zh: string; en: string; bottleneck: boolean }>
export type CauseKind = keyof typeof causeKinds
export const causeKindNames = Object.keys(causeKinds) as CauseKind[]

/** Why an action is not open to somebody now; the words come with it. */
export const refusalCodes = [
  'state',
  'not-party',
  'permission',
  'evidence',
  'field',
  'guard',
  'reason',
] as const
export type RefusalCode = (typeof refusalCodes)[number]

/** Traffic light of a limit: green, yellow when at most 30 % is left, red on the last working day and after. */
export const matterLights = ['green', 'yellow', 'red'] as const
export type MatterLight = (typeof matterLights)[number]

/** Whether the days of a year are the official notice's or a guess by weekends. */
export const calendarStatuses = ['primary', 'one-source', 'unverified', 'design'] as const
export type CalendarStatus = (typeof calendarStatuses)[number]
