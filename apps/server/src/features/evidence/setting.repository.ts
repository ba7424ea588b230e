import type { EvidenceSetting } from '@shanshui/contract'
import type { Queryable } from '../../platform/db/index.ts'

export type SettingRow = EvidenceSetting & { readonly least: number; readonly most: number }

export async function settingRows(q: Queryable): Promise<SettingRow[]> {
  const { rows } = await q.query<SettingRow>(
    'select name, title, value, unit, least, most, source, status, version from evidence_setting order by name',
  )
  return rows
}

/** As owner of the tables; false when somebody else was first. */
export async function replaceSetting(
  q: Queryable,
  name: string,
  change: { value: number; version: number; by: number; atMs: number },
): Promise<boolean> {
  const { rowCount } = await q.query(
    `update evidence_setting set value = $2, version = version + 1, updated_by = $4,
       updated_at = to_timestamp($5::float8 / 1000) where name = $1 and version = $3`,
    [name, change.value, change.version, change.by, change.atMs],
  )
  return rowCount === 1
}
