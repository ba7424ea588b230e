/** Words of the bureau's own work, apart from their schemas. */
type Title = { readonly zh: string; readonly en: string }

export const trainingKinds = {
  training: { zh: '培训', en: 'Training' },
  drill: { zh: '演练', en: 'Drill' },
} as const satisfies Record<string, Title>
export type TrainingKind = keyof typeof trainingKinds
export const trainingKindNames = Object.keys(trainingKinds) as TrainingKind[]

/** The first three are those of the annual report: 岗位能力、法治、业务. */
export const trainingThemes = {
  ability: { zh: '岗位能力', en: 'Ability' },
  law: { zh: '法治', en: 'Law' },
  business: { zh: '业务', en: 'Business' },
  monitoring: { zh: '监测', en: 'Monitoring' },
  enforcement: { zh: '执法', en: 'Enforcement' },
  emergency: { zh: '应急', en: 'Emergency' },
  safety: { zh: '安全', en: 'Safety' },
  data: { zh: '数据', en: 'Data' },
} as const satisfies Record<string, Title>
export type TrainingTheme = keyof typeof trainingThemes
export const trainingThemeNames = Object.keys(trainingThemes) as TrainingTheme[]

export const drillForms = {
  tabletop: { zh: '桌面推演', en: 'Table-top' },
  field: { zh: '实战演练', en: 'Field' },
  'call-up': { zh: '拉动演练', en: 'Call-up' },
} as const satisfies Record<string, Title>
export type DrillForm = keyof typeof drillForms
export const drillFormNames = Object.keys(drillForms) as DrillForm[]
