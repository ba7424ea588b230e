import type { Queryable } from '../../platform/db/index.ts'
import type { NumberStatus, SettingRow } from './inspection.table.ts'

const columns = 'key, title, value, unit, source, status'

export async function selectSettings(q: Queryable): Promise<SettingRow[]> {
  const { rows } = await q.query<SettingRow>(`select ${columns} from inspection_setting order by key`)
  return rows
}

export async function updateSetting(
  q: Queryable,
  key: string,
  change: { value: number; source: string; status: NumberStatus; by: number; atMs: number },
): Promise<SettingRow | undefined> {
  const { rows } = await q.query<SettingRow>(
    `update inspection_setting set value = $2, source = $3, status = $4, changed_by = $5,
       changed_at = to_timestamp($6 / 1000.0) where key = $1 returning ${columns}`,
    [key, change.value, change.source, change.status, change.by, change.atMs],
  )
  return rows[0]
}
