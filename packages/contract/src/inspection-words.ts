/** Words of inspections, apart from their schemas: a browser that only shows them need not load the schema library. */

export const poolKinds = ['key', 'general', 'special'] as const
export type PoolKind = (typeof poolKinds)[number]
export const poolKindTitles = {
  key: { zh: '重点对象', en: 'Key units' },
  general: { zh: '一般对象', en: 'General units' },
  special: { zh: '特殊监管对象', en: 'Units under special supervision' },
} as const satisfies Record<PoolKind, { zh: string; en: string }>

/** Why a unit is in the special pool. */
export const specialReasons = ['confirmed-leads', 'complaints', 'supervision', 'by-hand'] as const
export type SpecialReason = (typeof specialReasons)[number]
export const specialReasonTitles = {
  'confirmed-leads': { zh: '线索查实', en: 'Leads confirmed' },
  complaints: { zh: '信访举报查实', en: 'Complaints confirmed' },
  supervision: { zh: '挂牌督办', en: 'Under supervision' },
  'by-hand': { zh: '人工列入', en: 'Put in by hand' },
} as const satisfies Record<SpecialReason, { zh: string; en: string }>

export const inspectionSkills = [
  'air',
  'water',
  'online-monitoring',
  'hazardous-waste',
  'tailings',
  'radiation',
  'emergency',
] as const
export type InspectionSkill = (typeof inspectionSkills)[number]
export const inspectionSkillTitles = {
  air: { zh: '大气', en: 'Air' },
  water: { zh: '水', en: 'Water' },
  'online-monitoring': { zh: '自动监测', en: 'Online monitoring' },
  'hazardous-waste': { zh: '危险废物', en: 'Hazardous waste' },
  tailings: { zh: '尾矿库与矿山', en: 'Tailings and mines' },
  radiation: { zh: '核与辐射', en: 'Radiation' },
  emergency: { zh: '应急', en: 'Emergency' },
} as const satisfies Record<InspectionSkill, { zh: string; en: string }>

/** Why a visit is proposed. */
export const visitKinds = ['lead', 'complaint', 'look-back', 'quota', 'risk'] as const
export type VisitKind = (typeof visitKinds)[number]
export const visitKindTitles = {
  lead: { zh: '线索核查', en: 'Lead' },
  complaint: { zh: '信访核查', en: 'Complaint' },
  'look-back': { zh: '回头看', en: 'Look-back' },
  quota: { zh: '双随机', en: 'Random inspection' },
  risk: { zh: '风险巡查', en: 'Risk' },
} as const satisfies Record<VisitKind, { zh: string; en: string }>

/** What lets a visit exceed the yearly ceiling of an enterprise (国办发〔2024〕54号). */
export const capExceptions = ['complaint', 'transferred-lead', 'emergency', 'abnormal-data'] as const
export type CapException = (typeof capExceptions)[number]
export const capExceptionTitles = {
  complaint: { zh: '投诉举报', en: 'Complaint' },
  'transferred-lead': { zh: '转办交办、线索核查', en: 'Transferred lead' },
  emergency: { zh: '突发环境事件应急', en: 'Emergency' },
  'abnormal-data': { zh: '在线数据异常', en: 'Abnormal online data' },
} as const satisfies Record<CapException, { zh: string; en: string }>

export const planStates = ['draft', 'published', 'withdrawn'] as const
export type PlanState = (typeof planStates)[number]
export const planStateTitles = {
  draft: { zh: '草案', en: 'Draft' },
  published: { zh: '已下达', en: 'Published' },
  withdrawn: { zh: '已撤回', en: 'Withdrawn' },
} as const satisfies Record<PlanState, { zh: string; en: string }>

export const drawStates = ['drawn', 'frozen', 'published'] as const
export type DrawState = (typeof drawStates)[number]
export const drawStateTitles = {
  drawn: { zh: '已抽取', en: 'Drawn' },
  frozen: { zh: '已锁定', en: 'Frozen' },
  published: { zh: '已公开', en: 'Published' },
} as const satisfies Record<DrawState, { zh: string; en: string }>

export const offSiteVerdicts = ['pass', 'abnormal', 'no-data'] as const
export type OffSiteVerdict = (typeof offSiteVerdicts)[number]
export const offSiteVerdictTitles = {
  pass: { zh: '通过', en: 'Pass' },
  abnormal: { zh: '异常', en: 'Abnormal' },
  'no-data': { zh: '无数据', en: 'No data' },
} as const satisfies Record<OffSiteVerdict, { zh: string; en: string }>

/** A finding made at the desk: verify, hear the enterprise, decide. */
export const findingStates = ['raised', 'verified', 'explained', 'closed'] as const
export type FindingState = (typeof findingStates)[number]
export const findingStateTitles = {
  raised: { zh: '待核实', en: 'To be verified' },
  verified: { zh: '待企业说明', en: 'Waits for the explanation' },
  explained: { zh: '待处理', en: 'To be decided' },
  closed: { zh: '已处理', en: 'Decided' },
} as const satisfies Record<FindingState, { zh: string; en: string }>
export const findingDecisions = ['excluded', 'reminded', 'visit', 'case'] as const
export type FindingDecision = (typeof findingDecisions)[number]
export const findingDecisionTitles = {
  excluded: { zh: '排除', en: 'Excluded' },
  reminded: { zh: '提醒', en: 'Reminded' },
  visit: { zh: '现场检查', en: 'Visit' },
  case: { zh: '登记问题、立案', en: 'Registered as a problem' },
} as const satisfies Record<FindingDecision, { zh: string; en: string }>

export const checklistThemes = {
  'online-monitoring': { zh: '自动监测设施', en: 'Online monitoring' },
  'waste-gas': { zh: '废气治理设施', en: 'Waste gas treatment' },
  'waste-water': { zh: '废水治理设施', en: 'Waste water treatment' },
  'hazardous-waste': { zh: '危险废物', en: 'Hazardous waste' },
  permit: { zh: '排污许可执行', en: 'Permit' },
  'self-monitoring': { zh: '台账与自行监测', en: 'Ledgers and self-monitoring' },
  tailings: { zh: '尾矿库', en: 'Tailings ponds' },
  construction: { zh: '在建项目与三同时', en: 'Projects under construction' },
  'closed-mine': { zh: '关闭矿山', en: 'Closed mines' },
  emergency: { zh: '应急物资与预案', en: 'Emergency plans and stores' },
} as const satisfies Record<string, { zh: string; en: string }>
export type ChecklistTheme = keyof typeof checklistThemes
export const checklistThemeNames = Object.keys(checklistThemes) as ChecklistTheme[]

/** `doubtful`: seen, and not clear on the spot; somebody has to look into it (存疑). */
export const answerVerdicts = ['conform', 'not-conform', 'doubtful', 'not-applicable', 'not-checked'] as const
export type AnswerVerdict = (typeof answerVerdicts)[number]
export const answerVerdictTitles = {
  conform: { zh: '符合', en: 'Conforms' },
  'not-conform': { zh: '不符合', en: 'Does not conform' },
  doubtful: { zh: '存疑', en: 'Doubtful' },
  'not-applicable': { zh: '不适用', en: 'Not applicable' },
  'not-checked': { zh: '未查', en: 'Not checked' },
} as const satisfies Record<AnswerVerdict, { zh: string; en: string }>

/** What a phone does on site; each is one operation with its own id, applied once. */
export const fieldOperationKinds = [
  'arrive',
  'certificate',
  'answer',
  'record',
  'photo',
  'sample',
  'problem',
  'signature',
  'refusal',
  'finish',
] as const
export type FieldOperationKind = (typeof fieldOperationKinds)[number]
export const fieldOperationTitles = {
  arrive: { zh: '到达现场', en: 'Arrived' },
  certificate: { zh: '亮明执法证件', en: 'Showed certificates' },
  answer: { zh: '检查项结论', en: 'Answer' },
  record: { zh: '笔录内容', en: 'Record' },
  photo: { zh: '现场照片', en: 'Photo' },
  sample: { zh: '采样', en: 'Sample' },
  problem: { zh: '发现问题', en: 'Problem' },
  signature: { zh: '签名', en: 'Signature' },
  refusal: { zh: '拒绝签名', en: 'Refused to sign' },
  finish: { zh: '检查结束', en: 'Finished' },
} as const satisfies Record<FieldOperationKind, { zh: string; en: string }>

export const signatureRoles = ['inspected', 'officer', 'second-officer', 'witness', 'recorder'] as const
export type SignatureRole = (typeof signatureRoles)[number]
export const signatureRoleTitles = {
  inspected: { zh: '被检查人', en: 'Person of the unit' },
  officer: { zh: '检查人', en: 'Officer' },
  'second-officer': { zh: '检查人（二）', en: 'Second officer' },
  witness: { zh: '见证人', en: 'Witness' },
  recorder: { zh: '记录人', en: 'Recorder' },
} as const satisfies Record<SignatureRole, { zh: string; en: string }>

/** Lines of the on-site record (现场检查笔录) that officers fill in. */
export const recordFields = {
  'start-time': { zh: '检查开始时间', en: 'Start' },
  'end-time': { zh: '检查结束时间', en: 'End' },
  place: { zh: '检查地点', en: 'Place' },
  'person-in-charge': { zh: '现场负责人', en: 'Person in charge' },
  'person-post': { zh: '职务', en: 'Post' },
  'person-id': { zh: '身份证件号码', en: 'Identity number' },
  'person-phone': { zh: '联系电话', en: 'Telephone' },
  weather: { zh: '天气', en: 'Weather' },
  production: { zh: '生产状况', en: 'Production' },
  treatment: { zh: '污染防治设施运行状况', en: 'Treatment facilities' },
  facts: { zh: '现场检查情况', en: 'What was found' },
  rights: { zh: '告知权利义务与申请回避', en: 'Rights told' },
  'party-opinion': { zh: '被检查人意见', en: 'Opinion of the person' },
  attachments: { zh: '附件说明', en: 'Attachments' },
} as const satisfies Record<string, { zh: string; en: string }>
export type RecordField = keyof typeof recordFields
export const recordFieldNames = Object.keys(recordFields) as RecordField[]

export const fieldConclusions = ['no-problem', 'problem', 'could-not-inspect'] as const
export type FieldConclusion = (typeof fieldConclusions)[number]
export const fieldConclusionTitles = {
  'no-problem': { zh: '未发现问题', en: 'Nothing found' },
  problem: { zh: '发现问题', en: 'Problems found' },
  'could-not-inspect': { zh: '未能检查', en: 'Could not inspect' },
} as const satisfies Record<FieldConclusion, { zh: string; en: string }>
