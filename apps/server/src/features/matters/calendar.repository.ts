import type { Queryable } from '../../platform/db/index.ts'

export interface CalendarRow {
  readonly year: number
  readonly off: readonly (readonly [string, string])[]
  readonly worked: readonly string[]
  readonly source: string
  readonly status: 'primary' | 'one-source' | 'unverified' | 'design'
  readonly version: number
  readonly updatedMs: number
  readonly updatedBy: string | null
}

const columns = `c.year, c.days_off as off, c.worked, c.source, c.status, c.version,
  round(extract(epoch from c.updated_at) * 1000)::float8 as "updatedMs", u.name as "updatedBy"`

export async function selectYears(q: Queryable): Promise<CalendarRow[]> {
  const { rows } = await q.query<CalendarRow>(
    `select ${columns} from working_calendar c left join app_user u on u.id = c.updated_by order by c.year`,
  )
  return rows
}

/** A delivered year, unless the bureau has it already. */
export async function seedYear(
  q: Queryable,
  row: Pick<CalendarRow, 'year' | 'off' | 'worked' | 'source' | 'status'>,
  atMs: number,
): Promise<void> {
  await q.query(
    `insert into working_calendar (year, days_off, worked, source, status, updated_at)
     values ($1, $2, $3, $4, $5, to_timestamp($6 / 1000.0)) on conflict (year) do nothing`,
    [row.year, JSON.stringify(row.off), JSON.stringify(row.worked), row.source, row.status, atMs],
  )
}

/** False when the year is not of this version any more. */
export async function writeYear(
  q: Queryable,
  row: Pick<CalendarRow, 'year' | 'off' | 'worked' | 'source' | 'status'>,
  version: number,
  atMs: number,
  by: number,
): Promise<boolean> {
  const values = [
    row.year,
    JSON.stringify(row.off),
    JSON.stringify(row.worked),
    row.source,
    row.status,
    atMs,
    by,
  ]
  const { rowCount } =
    version === 0
      ? await q.query(
          `insert into working_calendar (year, days_off, worked, source, status, updated_at, updated_by)
           values ($1, $2, $3, $4, $5, to_timestamp($6 / 1000.0), $7) on conflict (year) do nothing`,
          values,
        )
      : await q.query(
          `update working_calendar set days_off = $2, worked = $3, source = $4, status = $5,
             updated_at = to_timestamp($6 / 1000.0), updated_by = $7, version = version + 1
           where year = $1 and version = $8`,
          [...values, version],
        )
  return rowCount === 1
}

/** Matters with a clock that runs, in order of id, locked to the end of the transaction. */
export async function mattersWithRunningClocks(
  q: Queryable,
  afterId: number,
  limit: number,
): Promise<number[]> {
  const { rows } = await q.query<{ id: number }>(
    `select m.id from matter m
      where m.id > $1 and exists (select from matter_clock c where c.matter_id = m.id and c.ended_at is null)
      order by m.id limit $2 for update of m`,
    [afterId, limit],
  )
  return rows.map(({ id }) => id)
}
