/** Words of leads, apart from their schemas: a browser that only shows them need not load the schema library. */
export const leadStates = ['open', 'acknowledged', 'watching', 'confirmed', 'dismissed', 'calmed'] as const
export type LeadStateName = (typeof leadStates)[number]
export const leadStateTitles = {
  open: { zh: '待签收', en: 'Open' },
  acknowledged: { zh: '已签收', en: 'Acknowledged' },
  watching: { zh: '持续关注', en: 'Watching' },
  confirmed: { zh: '已确认', en: 'Confirmed' },
  dismissed: { zh: '已排除', en: 'Dismissed' },
  calmed: { zh: '自动解除', en: 'Calmed' },
} as const satisfies Record<LeadStateName, { zh: string; en: string }>
/** Somebody still has to act. */
export const activeLeadStates: readonly LeadStateName[] = ['open', 'acknowledged', 'watching']

export const leadLevels = ['high', 'medium', 'watch'] as const
/** As a filter: the levels that somebody has to act on, high and medium. */
export const actLevels = 'act'
export type LeadLevelName = (typeof leadLevels)[number]
export const leadLevelTitles = {
  high: { zh: '重点', en: 'High', due: '48 小时内现场核查' },
  medium: { zh: '一般', en: 'Medium', due: '5 个工作日内非现场核查' },
  watch: { zh: '关注', en: 'Watch', due: '持续关注' },
} as const satisfies Record<LeadLevelName, { zh: string; en: string; due: string }>

/** Why a lead is put aside. `judges`: it counts as not confirmed when the precision of the rule is worked out. */
export const dismissalReasons = {
  'normal-process': { zh: '工况正常波动', en: 'Normal change of process', judges: true },
  'good-control': { zh: '治理设施控制稳定', en: 'Good process control', judges: true },
  'equipment-fault': { zh: '监测设备故障，已报备', en: 'Equipment fault, reported', judges: true },
  maintenance: { zh: '运维、校准期间', en: 'Maintenance or calibration', judges: true },
  transmission: { zh: '传输或平台原因', en: 'Transmission or platform', judges: true },
  'marked-later': { zh: '企业已按规定标记', en: 'Marked by the enterprise in time', judges: true },
  'rule-unfit': { zh: '规则不适用于该工艺', en: 'The rule does not fit the process', judges: true },
  'checked-on-site': { zh: '现场核查未发现问题', en: 'Checked on site, nothing found', judges: true },
  duplicate: { zh: '与其他线索重复', en: 'Same as another lead', judges: false },
  'handled-elsewhere': { zh: '已在其他案件中处理', en: 'Handled in another case', judges: false },
  other: { zh: '其他（须写明）', en: 'Other (say what)', judges: true },
} as const satisfies Record<string, { zh: string; en: string; judges: boolean }>
export type DismissalReason = keyof typeof dismissalReasons
export const dismissalReasonNames = Object.keys(dismissalReasons) as DismissalReason[]
