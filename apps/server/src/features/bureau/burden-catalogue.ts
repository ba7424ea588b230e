/**
 * Everything that is asked of an enterprise, field by field, with what it is about: the burden meter counts what is
 * asked for a second time. A test holds the catalogue against the routes that an enterprise may write to.
 */
import {
  evidenceRoutes,
  explainFinding,
  fileSourceMark,
  matterRoutes,
  permitRoutes,
  withdrawMaintenance,
  withdrawSourceMark,
  writeMaintenance,
} from '@shanshui/contract'
import { workflows } from '@shanshui/workflow'
import type { TSchema } from 'typebox'

/**
 * `key` picks something that the platform knows; `event` is new with every filing; `fact` is lasting and belongs in the
 * registry: asked once at most, shown and not asked where it is known (`prefilled`).
 */
export type FieldRole = 'key' | 'event' | 'fact' | 'prefilled'

export interface AskedField {
  readonly path: string
  readonly concept: string
  readonly title: string
  readonly role: FieldRole
}

export interface AskedForm {
  readonly id: string
  readonly title: string
  /** operationId of the route */
  readonly operation: string
  /** filings of an enterprise in a year; null: when something happens */
  readonly perYear: number | null
  readonly fields: readonly AskedField[]
}

type FieldTable = Readonly<Record<string, readonly [concept: string, title: string, role: FieldRole]>>

/** Leaves of a body as paths; list items as `[]`. */
function leavesOf(schema: TSchema, path = ''): string[] {
  const node = schema as {
    anyOf?: TSchema[]
    properties?: Record<string, TSchema>
    items?: TSchema
    type?: string
  }
  if (node.anyOf !== undefined) return [...new Set(node.anyOf.flatMap((one) => leavesOf(one, path)))]
  if (node.properties !== undefined) {
    return Object.entries(node.properties).flatMap(([key, one]) =>
      leavesOf(one, path === '' ? key : `${path}.${key}`),
    )
  }
  if (node.type === 'array' && node.items !== undefined) return leavesOf(node.items, `${path}[]`)
  return [path]
}

/** What belongs to the exchange and not to the form: nobody types it. */
const carried = /(^|\.)(version|commandId|sha256|bytes|subject\.(kind|id)|demand|kind|transition)$/

/** Throws when the route asks for a field that the table does not know. */
function form(
  head: Pick<AskedForm, 'id' | 'title' | 'perYear'>,
  route: { operationId: string; body: TSchema },
  table: FieldTable,
): AskedForm {
  const fields = leavesOf(route.body).flatMap((path): AskedField[] => {
    const known = table[path]
    if (known !== undefined) return [{ path, concept: known[0], title: known[1], role: known[2] }]
    if (carried.test(path)) return []
    throw new Error(`${route.operationId} asks for ${path}, which the catalogue of burdens does not know`)
  })
  return { ...head, operation: route.operationId, fields }
}

const outlet = ['outlet', '排放口', 'key'] as const
const factor = ['factor', '因子', 'key'] as const
const permit = ['permit', '排污许可证', 'key'] as const

const ownForms = (): readonly AskedForm[] => [
  form({ id: 'mark', title: '自主标记', perYear: null }, fileSourceMark, {
    outletId: outlet,
    factor,
    item: ['mark.item', '标记内容', 'event'],
    from: ['mark.from', '起始时间', 'event'],
    to: ['mark.to', '结束时间', 'event'],
    reason: ['mark.reason', '原因', 'event'],
  }),
  form({ id: 'mark-withdrawal', title: '撤销标记', perYear: null }, withdrawSourceMark, {
    reason: ['mark.withdrawal', '撤销原因', 'event'],
  }),
  form({ id: 'maintenance', title: '运维记录', perYear: null }, writeMaintenance, {
    outletId: outlet,
    kind: ['maintenance.kind', '运维类型', 'event'],
    factor,
    from: ['maintenance.from', '开始时间', 'event'],
    to: ['maintenance.to', '结束时间', 'event'],
    technician: ['maintenance.technician', '运维人员', 'event'],
    company: ['outlet.operator', '运维单位', 'prefilled'],
    content: ['maintenance.content', '运维内容', 'event'],
    passed: ['maintenance.passed', '是否合格', 'event'],
    zeroDriftPercent: ['maintenance.zero', '零点漂移', 'event'],
    spanDriftPercent: ['maintenance.span', '量程漂移', 'event'],
    'pairs[].online': ['maintenance.online', '比对：在线值', 'event'],
    'pairs[].reference': ['maintenance.reference', '比对：参比值', 'event'],
    'parameter.name': ['maintenance.parameter', '修改的参数', 'event'],
    'parameter.before': ['maintenance.before', '修改前', 'event'],
    'parameter.after': ['maintenance.after', '修改后', 'event'],
    parameter: ['maintenance.parameter', '修改的参数', 'event'],
  }),
  form({ id: 'maintenance-withdrawal', title: '撤销运维记录', perYear: null }, withdrawMaintenance, {
    reason: ['maintenance.withdrawal', '撤销原因', 'event'],
  }),
  form(
    { id: 'execution-report', title: '排污许可执行报告', perYear: 5 },
    permitRoutes.submitExecutionReport,
    {
      permitId: permit,
      period: ['report.period', '报告类型', 'key'],
      periodFrom: ['report.from', '报告期', 'key'],
      'totals[].pollutant': ['report.pollutant', '污染物', 'key'],
      'totals[].tonnes': ['report.tonnes', '实际排放量', 'event'],
      'rows[].outletNumber': outlet,
      'rows[].month': ['report.month', '月份', 'key'],
      'rows[].pollutant': ['report.pollutant', '污染物', 'key'],
      'rows[].tonnes': ['report.outlet-tonnes', '各排放口实际排放量', 'event'],
      ledgerKept: ['report.ledger', '台账记录情况', 'event'],
      complianceNote: ['report.note', '合规情况说明', 'event'],
    },
  ),
  form({ id: 'self-monitoring', title: '自行监测结果', perYear: 12 }, permitRoutes.submitSelfMonitoring, {
    'results[].permitId': permit,
    'results[].outletNumber': outlet,
    'results[].factor': factor,
    'results[].sampledOn': ['sample.day', '采样日期', 'event'],
    'results[].value': ['sample.value', '监测值', 'event'],
    'results[].unit': ['sample.unit', '单位', 'prefilled'],
    'results[].flowM3PerHour': ['sample.flow', '流量', 'event'],
    'results[].laboratory': ['sample.laboratory', '监测机构', 'event'],
    'results[].reference': ['sample.reference', '报告编号', 'event'],
  }),
  form({ id: 'obligation', title: '义务完成佐证', perYear: null }, permitRoutes.evidenceObligation, {
    evidence: ['obligation.evidence', '佐证', 'event'],
    doneOn: ['obligation.day', '完成日期', 'event'],
  }),
  form({ id: 'evidence', title: '证据材料', perYear: null }, evidenceRoutes.startUpload, {
    title: ['evidence.title', '材料名称', 'event'],
    name: ['evidence.file', '文件', 'event'],
    internal: ['evidence.internal', '内部材料', 'event'],
    claimedAt: ['evidence.time', '拍摄时间', 'prefilled'],
    claimedLon: ['evidence.place', '拍摄位置', 'prefilled'],
    claimedLat: ['evidence.place', '拍摄位置', 'prefilled'],
    'device.at': ['evidence.time', '拍摄时间', 'prefilled'],
    'device.lon': ['evidence.place', '拍摄位置', 'prefilled'],
    'device.lat': ['evidence.place', '拍摄位置', 'prefilled'],
    'device.accuracyM': ['evidence.place', '拍摄位置', 'prefilled'],
    device: ['evidence.time', '拍摄时间', 'prefilled'],
  }),
  form({ id: 'evidence-withdrawal', title: '撤回材料', perYear: null }, evidenceRoutes.withdraw, {
    reason: ['evidence.withdrawal', '撤回原因', 'event'],
  }),
  form({ id: 'explanation', title: '对非现场发现的说明', perYear: null }, explainFinding, {
    explanation: ['finding.explanation', '说明', 'event'],
  }),
  form({ id: 'comment', title: '事项备注', perYear: null }, matterRoutes.comment, {
    text: ['matter.comment', '备注', 'event'],
  }),
]

/** What an enterprise fills in when it acts in a matter: the fields of the steps that are its own. */
const matters: readonly AskedForm[] = workflows.flatMap((workflow) => {
  const steps = workflow.transitions.filter(
    (step) =>
      step.permission === 'matter:handle' && (step.by.includes('owner') || step.by.includes('handler')),
  )
  const named = new Map(workflow.fields.map((field) => [field.id, field.title.zh]))
  return steps.flatMap((step): AskedForm[] => {
    const ids = [...(step.fields ?? []), ...(step.optionalFields ?? [])]
    if (ids.length === 0) return []
    return [
      {
        id: `matter.${workflow.id}.${step.id}`,
        title: `${workflow.title.zh}：${step.title.zh}`,
        operation: matterRoutes.step.operationId,
        perYear: null,
        fields: ids.map((id) => ({
          path: `fields.${id}`,
          concept: `matter.${workflow.id}.${id}`,
          title: named.get(id) ?? id,
          // A field that an earlier step filled is shown with its value; changing it is a new statement.
          role: 'event' as const,
        })),
      },
    ]
  })
})

let forms: readonly AskedForm[] | undefined

/** Every form that an enterprise fills in. Throws when a route asks for a field that is not described here. */
export function askedForms(): readonly AskedForm[] {
  forms ??= [...ownForms(), ...matters]
  return forms
}
