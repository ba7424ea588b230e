/** Permissions, roles, and which role may what. A route names one permission; the test matrix is made from this table. */
export const permissions = {
  'air:read': { zh: '查看环境空气数据', en: 'Read air data' },
  'figure:read': { zh: '查看数据项与依据', en: 'Read figures and their basis' },
  'series:read': { zh: '查看观测值与原始记录', en: 'Read observations' },
  'series:mark': { zh: '标记数据有效性', en: 'Mark the validity of data' },
  'review:station': { zh: '一级审核（站级）', en: 'Review, station level' },
  'review:city': { zh: '二级审核（市级）', en: 'Review, city level' },
  'review:province': { zh: '三级审核（省级）', en: 'Review, province level' },
  'sand:confirm': { zh: '确认沙尘影响时段', en: 'Confirm sand periods' },
  'import:read': { zh: '查看数据导入', en: 'See imports' },
  'import:write': { zh: '导入数据', en: 'Import data' },
  'gateway:read': { zh: '查看联网接收', en: 'See the gateway' },
  'gateway:operate': { zh: '管理联网接收与反控', en: 'Operate the gateway' },
  'journal:read': { zh: '查看原始报文', en: 'Read the journal' },
  'journal:export': { zh: '导出证据包', en: 'Export evidence bundles' },
  'registry:read': { zh: '查看对象台账', en: 'Read the registry' },
  'registry:write': { zh: '维护对象台账', en: 'Edit the registry' },
  'source:read': { zh: '查看污染源监控数据', en: 'Read pollution-source data' },
  'source:mark': { zh: '标记设备与工况', en: 'Mark equipment and working conditions' },
  'source:judge': { zh: '审核标记、认定超标', en: 'Judge marks and exceedances' },
  'maintenance:write': { zh: '填写运维台账', en: 'Keep the maintenance ledger' },
  'lead:read': { zh: '查看线索', en: 'Read leads' },
  'lead:handle': { zh: '处置线索', en: 'Handle leads' },
  'rule:write': { zh: '维护线索规则', en: 'Edit the rules of leads' },
  'permit:read': { zh: '查看排污许可与义务', en: 'Read permits and obligations' },
  'permit:write': { zh: '维护排污许可与义务', en: 'Edit permits and obligations' },
  'permit:submit': { zh: '提交执行报告与自行监测', en: 'Submit execution reports' },
  'total:read': { zh: '查看总量台账', en: 'Read the ledgers of tonnes' },
  'total:write': { zh: '填报总量减排与指标', en: 'Write reduction projects and allowances' },
  'total:review': { zh: '审核减排量与指标使用', en: 'Review reductions and allowances' },
  'target:read': { zh: '查看目标', en: 'Read targets' },
  'target:write': { zh: '维护目标', en: 'Edit targets' },
  'report:read': { zh: '查看报告', en: 'Read reports' },
  'report:write': { zh: '编制报告', en: 'Write reports' },
  'report:freeze': { zh: '定稿报告', en: 'Freeze reports' },
  'evaluator:use': { zh: '使用评价计算器', en: 'Use the evaluators' },
  'user:read': { zh: '查看用户与单位', en: 'See users and organizations' },
  'user:write': { zh: '管理用户与单位', en: 'Manage users and organizations' },
  'audit:read': { zh: '查看与校验审计记录', en: 'Read and verify the audit chain' },
  'config:read': { zh: '查看系统配置与运行状况', en: 'See configuration and health' },
  'notice:operate': { zh: '管理通知发送', en: 'Operate the outbox of notices' },
} as const satisfies Record<string, { zh: string; en: string }>

export type Permission = keyof typeof permissions
export const permissionNames = Object.keys(permissions) as Permission[]

export const roles = {
  director: { zh: '局领导', en: 'Director' },
  analyst: { zh: '监测科', en: 'Monitoring analyst' },
  source: { zh: '污染源科', en: 'Pollution source section' },
  officer: { zh: '执法人员', en: 'Enforcement officer' },
  'county-head': { zh: '县区分局负责人', en: 'Head of a county branch' },
  clerk: { zh: '信访人员', en: 'Complaints clerk' },
  duty: { zh: '应急值班', en: 'Emergency duty' },
  enterprise: { zh: '企业环保负责人', en: 'Enterprise environment officer' },
  department: { zh: '其他部门', en: 'Other department' },
  inspector: { zh: '督察人员', en: 'Inspector' },
  auditor: { zh: '审计人员', en: 'Auditor' },
  administrator: { zh: '系统管理员', en: 'Administrator' },
} as const satisfies Record<string, { zh: string; en: string }>

export type RoleName = keyof typeof roles
export const roleNames = Object.keys(roles) as RoleName[]

const everyReader = [
  'air:read',
  'figure:read',
  'registry:read',
  'target:read',
  'report:read',
  'evaluator:use',
] as const
const monitoringReader = [
  ...everyReader,
  'series:read',
  'gateway:read',
  'import:read',
  'journal:read',
  'source:read',
  'lead:read',
  'permit:read',
  'total:read',
] as const

/**
 * Duties are separated: who marks data does not review it at the province's level, who manages users does not
 * read the audit chain, and who reads the audit chain changes nothing.
 */
export const rolePermissions: Readonly<Record<RoleName, readonly Permission[]>> = {
  director: [...monitoringReader, 'target:write', 'total:review', 'report:freeze', 'user:read'],
  analyst: [
    ...monitoringReader,
    'series:mark',
    'review:station',
    'review:city',
    'sand:confirm',
    'import:write',
    'gateway:operate',
    'journal:export',
    'registry:write',
    'target:write',
    'report:write',
  ],
  source: [
    ...monitoringReader,
    'import:write',
    'gateway:operate',
    'registry:write',
    'source:mark',
    'source:judge',
    'maintenance:write',
    'lead:handle',
    'rule:write',
    'permit:write',
    'total:write',
    'journal:export',
    'notice:operate',
  ],
  officer: [
    ...everyReader,
    'series:read',
    'journal:read',
    'journal:export',
    'source:read',
    'lead:read',
    'lead:handle',
    'permit:read',
    'total:read',
  ],
  'county-head': [...monitoringReader, 'review:station', 'lead:handle'],
  clerk: [...everyReader],
  duty: [...everyReader, 'series:read', 'gateway:read'],
  enterprise: [
    'air:read',
    'series:read',
    'registry:read',
    'evaluator:use',
    'source:read',
    'source:mark',
    'maintenance:write',
    'permit:read',
    'permit:submit',
  ],
  department: [...everyReader],
  inspector: [...monitoringReader, 'review:province', 'journal:export'],
  auditor: ['figure:read', 'report:read', 'journal:read', 'user:read', 'audit:read', 'config:read'],
  administrator: [
    ...monitoringReader,
    'import:write',
    'gateway:operate',
    'registry:write',
    'user:read',
    'user:write',
    'config:read',
    'notice:operate',
  ],
}

/** Union of what the roles may. */
export function permissionsOf(held: readonly RoleName[]): ReadonlySet<Permission> {
  return new Set(held.flatMap((role) => rolePermissions[role]))
}
