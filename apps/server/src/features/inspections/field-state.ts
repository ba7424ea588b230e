/** The state of a visit as the phone and the screen see it: items, conflicts, problems, and what is still missing. */
import {
  type FieldConflict,
  type FieldItem,
  type FieldTaskState,
  fieldOperationTitles,
  type ProblemTheme,
  problemThemes,
  type RecordField,
  recordFields,
  type SignatureRole,
  signatureRoleTitles,
} from '@shanshui/contract'
import type { Queryable } from '../../platform/db/index.ts'
import { isoOf } from '../series/index.ts'
import { itemNamed } from './checklists/index.ts'
import { conflictsOf, itemsOf, operationsByIds, problemsOf } from './field.repository.ts'
import { readPayload } from './field-payload.ts'
import type { InspectionRow, ItemRow } from './inspection.table.ts'

/** Title of an item of the record. */
export function titleOfKey(key: string): string {
  const [kind = '', rest = ''] = [key.split(':', 1)[0], key.slice(key.indexOf(':') + 1)]
  if (kind === 'answer') return itemNamed(rest)?.question ?? rest
  if (kind === 'record') return recordFields[rest as RecordField]?.zh ?? rest
  if (kind === 'signature') return `签名：${signatureRoleTitles[rest as SignatureRole]?.zh ?? rest}`
  return fieldOperationTitles[kind as keyof typeof fieldOperationTitles]?.zh ?? key
}

export const presentItem = (row: ItemRow): FieldItem => ({
  key: row.key,
  value: row.value,
  version: row.version,
  at: isoOf(row.at_ms),
  by: row.by_name ?? '',
})

/** Conflicts of one task, each with every version that was sent. */
export async function presentConflicts(q: Queryable, taskId: number): Promise<FieldConflict[]> {
  const rows = (await conflictsOf(q, [taskId])).get(taskId) ?? []
  const operations = await operationsByIds(
    q,
    rows.flatMap((row) => row.operations),
  )
  return rows.map((row) => ({
    id: row.id,
    taskId,
    key: row.key,
    title: titleOfKey(row.key),
    versions: row.operations.flatMap((id) => {
      const operation = operations.get(id)
      if (operation === undefined) return []
      const read = readPayload(operation.kind as Parameters<typeof readPayload>[0], operation.payload)
      return [
        {
          operationId: id,
          value: read.ok ? read.value : operation.payload,
          at: isoOf(operation.at_ms),
          by: operation.by_name ?? '',
          device: operation.device,
        },
      ]
    }),
    decided:
      row.decided_operation === null || row.decided_ms === null
        ? null
        : {
            operationId: row.decided_operation,
            by: row.decided_by_name ?? '',
            at: isoOf(row.decided_ms),
            reason: row.reason ?? '',
          },
  }))
}

/** What a record has to have before a visit may end (行政处罚法 42、55: two officers, certificates shown). */
export function waitsFor(row: InspectionRow, items: readonly ItemRow[]): string[] {
  const has = (key: string) => items.some((item) => item.key === key || item.key.startsWith(`${key}:`))
  const shown = new Set(
    items
      .filter((item) => item.key.startsWith('certificate:'))
      .flatMap((item) =>
        (item.value as { officers: { userId: number }[] }).officers.map((one) => one.userId),
      ),
  )
  const missing: string[] = []
  if (!has('arrive')) missing.push('到达现场的定位')
  if (shown.size < 2) missing.push('不少于两名检查人员亮证')
  if (!has('record:facts')) missing.push('笔录：现场检查情况')
  if (!has('signature:inspected') && !has('refusal')) missing.push('被检查人签名，或拒签理由与见证人')
  if (!has('signature:officer') || !has('signature:second-officer')) missing.push('两名检查人员签名')
  if (row.open_conflicts > 0) missing.push(`${row.open_conflicts} 处内容两方填写不一致，须作取舍`)
  if (!has('finish')) missing.push('检查结论')
  return missing
}

export async function presentTaskState(q: Queryable, row: InspectionRow): Promise<FieldTaskState> {
  const items = (await itemsOf(q, [row.id])).get(row.id) ?? []
  const problems = (await problemsOf(q, [row.id])).get(row.id) ?? []
  return {
    id: row.id,
    state: row.state,
    version: row.record_version,
    items: items.map(presentItem),
    conflicts: await presentConflicts(q, row.id),
    problems: problems.map((one) => ({ key: one.key, id: one.problem_id, number: one.number })),
    waitsFor:
      row.finished_ms !== null && row.state === 'on-site'
        ? [...waitsFor(row, items), ...(waitsFor(row, items).length === 0 ? ['有时间和位置的现场照片'] : [])]
        : row.state === 'assigned' || row.state === 'on-site'
          ? waitsFor(row, items)
          : [],
  }
}

/** Themes of problems; a checklist's theme is one of them or stands for one. */
export function problemThemeOf(theme: string): ProblemTheme {
  const known = problemThemes.find((one) => one === theme)
  if (known !== undefined) return known
  const standsFor: Readonly<Record<string, ProblemTheme>> = {
    'online-monitoring': 'data-quality',
    'waste-gas': 'facility',
    'waste-water': 'facility',
    'hazardous-waste': 'solid-waste',
    permit: 'procedure',
    'self-monitoring': 'procedure',
    tailings: 'solid-waste',
    construction: 'procedure',
    'closed-mine': 'ecology',
    emergency: 'procedure',
  }
  return standsFor[theme] ?? 'other'
}
