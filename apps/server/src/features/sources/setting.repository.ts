/** Rows of the judgement's settings. */
import type { SourceSetting } from '@shanshui/contract'
import type { Queryable, Trx } from '../../platform/db/index.ts'

export type SettingRow = SourceSetting & { readonly least: number; readonly most: number }

export async function settingRows(q: Queryable): Promise<SettingRow[]> {
  const { rows } = await q.query<SettingRow>(
    'select key, title, value, unit, least, most, source, status, version from source_setting order by key',
  )
  return rows
}

export async function replaceSetting(
  trx: Trx,
  key: string,
  row: Pick<SourceSetting, 'value' | 'source' | 'status' | 'version'>,
  by: number,
  atMs: number,
): Promise<boolean> {
  const { rowCount } = await trx.query(
    `update source_setting set value = $2, source = $3, status = $4, version = version + 1, updated_by = $6,
       updated_at = to_timestamp($7::float8 / 1000)
     where key = $1 and version = $5`,
    [key, row.value, row.source, row.status, row.version, by, atMs],
  )
  return rowCount === 1
}

/** The numbers by key. @throws Error for a key that no migration made: a mistake in the program */
export class Settings {
  readonly #rows: ReadonlyMap<string, SettingRow>
  constructor(rows: readonly SettingRow[]) {
    this.#rows = new Map(rows.map((row) => [row.key, row]))
  }
  row(key: string): SettingRow {
    const found = this.#rows.get(key)
    if (found === undefined) throw new Error(`no setting ${key}`)
    return found
  }
  number(key: string): number {
    return this.row(key).value
  }
}

export async function readSettings(q: Queryable): Promise<Settings> {
  return new Settings(await settingRows(q))
}
