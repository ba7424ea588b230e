import type { Queryable } from '../../platform/db/index.ts'
import type { FigureHistoryRow, FigureRow, FigureWithBasis, NewFigure } from './figure.table.ts'

const fields = `id, key, report_id as "reportId", indicator, subject_id as "subjectId", subject_name as "subjectName",
  title, period_from as "from", period_to as "to", edition, sand, stations, point_ids as "pointIds", exact, value, text,
  unit, decimals, note, inputs, digest, state, (extract(epoch from computed_at) * 1000)::float8 as "computedAtMs",
  region_code as "regionCode", owner_id as "ownerId"`

export async function figuresByKeys(q: Queryable, keys: readonly string[]): Promise<FigureRow[]> {
  const { rows } = await q.query<FigureRow>(
    `select ${fields} from figure where report_id = 0 and key = any($1::text[])`,
    [keys],
  )
  return rows
}

export async function figuresByIds(q: Queryable, ids: readonly number[]): Promise<FigureRow[]> {
  const { rows } = await q.query<FigureRow>(
    `select ${fields} from figure where id = any($1::int[]) order by id`,
    [ids],
  )
  return rows
}

export async function figureById(q: Queryable, id: number): Promise<FigureWithBasis | undefined> {
  const { rows } = await q.query<FigureWithBasis>(`select ${fields}, basis from figure where id = $1`, [id])
  return rows[0]
}

export async function listFigures(
  q: Queryable,
  filter: {
    state?: string | undefined
    indicator?: string | undefined
    subject?: number | undefined
    before?: number | undefined
    limit: number
  },
): Promise<FigureRow[]> {
  const { rows } = await q.query<FigureRow>(
    `select ${fields} from figure
     where ($1::text is null or state = $1) and ($2::text is null or indicator = $2)
       and ($3::int is null or subject_id = $3) and ($4::int is null or id < $4)
     order by id desc limit $5`,
    [
      filter.state ?? null,
      filter.indicator ?? null,
      filter.subject ?? null,
      filter.before ?? null,
      filter.limit,
    ],
  )
  return rows
}

/** Stores figures that are not there yet; one that another request has just stored is left as it is. */
export async function insertFigures(
  q: Queryable,
  figures: readonly NewFigure[],
  atMs: number,
): Promise<void> {
  await q.query(
    `insert into figure (key, indicator, subject_id, subject_name, title, period_from, period_to, edition, sand, stations,
       point_ids, exact, value, text, unit, decimals, note, inputs, basis, digest, state, computed_at, region_code, owner_id)
     select f.key, f.indicator, f."subjectId", f."subjectName", f.title, f."from", f."to", f.edition, f.sand, f.stations,
       f."pointIds", f.exact, f.value, f.text, f.unit, f.decimals, f.note, f.inputs, f.basis, f.digest, 'fresh',
       to_timestamp($2 / 1000.0), f."regionCode", f."ownerId"
     from jsonb_to_recordset($1::jsonb) f (key text, indicator text, "subjectId" int, "subjectName" text, title text,
       "from" date, "to" date, edition text, sand text, stations int[], "pointIds" int[], exact float8, value float8,
       text text, unit text, decimals int, note text, inputs int, basis jsonb, digest text, "regionCode" int, "ownerId" int)
     order by f.key
     on conflict (key, report_id) do nothing`,
    [JSON.stringify(figures), atMs],
  )
}

export type Recomputed = Pick<
  NewFigure,
  'key' | 'exact' | 'value' | 'text' | 'note' | 'inputs' | 'basis' | 'digest' | 'title'
>

/**
 * Replaces live figures by their recomputation, in one statement. Old values that differ go to the history; a figure
 * whose inputs turned out to be the same only becomes fresh again. Rows are locked in the order of their keys.
 */
export async function replaceFigures(
  q: Queryable,
  figures: readonly Recomputed[],
  about: { atMs: number; cause: string },
): Promise<void> {
  if (figures.length === 0) return
  await q.query(
    `with new as (
       select * from jsonb_to_recordset($1::jsonb) n (key text, exact float8, value float8, text text, note text,
         inputs int, basis jsonb, digest text, title text)
     ), old as (
       select f.id, f.key, f.computed_at, f.exact, f.value, f.text, f.digest, f.stale_cause from figure f
       where f.report_id = 0 and f.key in (select key from new) order by f.key for update
     ), kept as (
       insert into figure_history (figure_id, computed_at, replaced_at, exact, value, text, digest, cause)
       select old.id, old.computed_at, to_timestamp($2 / 1000.0), old.exact, old.value, old.text, old.digest,
         coalesce(old.stale_cause, $3)
       from old join new using (key) where old.digest <> new.digest or old.text <> new.text
       on conflict (figure_id, replaced_at) do nothing
     )
     update figure f set exact = new.exact, value = new.value, text = new.text, note = new.note, inputs = new.inputs,
       basis = new.basis, digest = new.digest, title = new.title, state = 'fresh', stale_cause = null,
       computed_at = to_timestamp($2 / 1000.0)
     from old join new using (key) where f.id = old.id`,
    [
      JSON.stringify(
        figures.map(({ key, exact, value, text, note, inputs, basis, digest, title }) => ({
          key,
          exact,
          value,
          text,
          note,
          inputs,
          basis,
          digest,
          title,
        })),
      ),
      about.atMs,
      about.cause,
    ],
  )
}

export async function insertDependencies(
  q: Queryable,
  edges: readonly { key: string; on: string }[],
): Promise<void> {
  if (edges.length === 0) return
  await q.query(
    `insert into figure_dependency (figure_id, on_id)
     select f.id, d.id from unnest($1::text[], $2::text[]) e (key, dep)
     join figure f on f.key = e.key and f.report_id = 0
     join figure d on d.key = e.dep and d.report_id = 0
     on conflict do nothing`,
    [edges.map((e) => e.key), edges.map((e) => e.on)],
  )
}

/** Live figures calculated from days of these points that lie in the span. */
export async function figuresOverDays(
  q: Queryable,
  pointIds: readonly number[],
  span: { from: string; to: string },
): Promise<FigureRow[]> {
  const { rows } = await q.query<FigureRow>(
    `select ${fields} from figure
     where report_id = 0 and point_ids && $1::int[] and period_from <= $3 and period_to >= $2`,
    [pointIds, span.from, span.to],
  )
  return rows
}

/** Live figures that are calculated, at any remove, from these. */
export async function dependentsOf(q: Queryable, ids: readonly number[]): Promise<FigureRow[]> {
  const { rows } = await q.query<FigureRow>(
    `with recursive up as (
       select figure_id from figure_dependency where on_id = any($1::int[])
       union
       select d.figure_id from figure_dependency d join up on d.on_id = up.figure_id
     )
     select ${fields} from figure where report_id = 0 and id in (select figure_id from up)`,
    [ids],
  )
  return rows
}

export async function neighbours(
  q: Queryable,
  id: number,
): Promise<{ dependsOn: FigureRow[]; usedBy: FigureRow[] }> {
  const down = await q.query<FigureRow>(
    `select ${fields} from figure where id in (select on_id from figure_dependency where figure_id = $1) order by id`,
    [id],
  )
  const up = await q.query<FigureRow>(
    `select ${fields} from figure where id in (select figure_id from figure_dependency where on_id = $1) order by id`,
    [id],
  )
  return { dependsOn: down.rows, usedBy: up.rows }
}

/** Marks fresh figures stale; returns the ids that were fresh until now. */
export async function markStale(q: Queryable, ids: readonly number[], cause: string): Promise<number[]> {
  const { rows } = await q.query<{ id: number }>(
    `update figure set state = 'stale', stale_cause = $2 where id = any($1::int[]) and state = 'fresh' returning id`,
    [ids, cause],
  )
  return rows.map((row) => row.id)
}

export async function staleFigures(q: Queryable, limit: number): Promise<FigureRow[]> {
  const { rows } = await q.query<FigureRow>(
    `select ${fields} from figure where state = 'stale' order by id limit $1`,
    [limit],
  )
  return rows
}

export async function countStale(q: Queryable): Promise<number> {
  const { rows } = await q.query<{ n: number }>(`select count(*)::int as n from figure where state = 'stale'`)
  return rows[0]?.n ?? 0
}

export async function liveFigures(q: Queryable, after: number, limit: number): Promise<FigureRow[]> {
  const { rows } = await q.query<FigureRow>(
    `select ${fields} from figure where report_id = 0 and id > $1 order by id limit $2`,
    [after, limit],
  )
  return rows
}

export async function historyOf(q: Queryable, id: number): Promise<FigureHistoryRow[]> {
  const { rows } = await q.query<FigureHistoryRow>(
    `select (extract(epoch from computed_at) * 1000)::float8 as "computedAtMs", value, text, digest, cause
     from figure_history where figure_id = $1 order by replaced_at desc limit 200`,
    [id],
  )
  return rows
}

/** Copies live figures for a report that is being frozen; returns live id → frozen id. */
export async function freezeFigures(
  q: Queryable,
  ids: readonly number[],
  reportId: number,
): Promise<Map<number, number>> {
  const { rows } = await q.query<{ live: number; frozen: number }>(
    `with copied as (
       insert into figure (key, report_id, indicator, subject_id, subject_name, title, period_from, period_to, edition, sand,
         stations, point_ids, exact, value, text, unit, decimals, note, inputs, basis, digest, state, computed_at,
         region_code, owner_id)
       select key, $2, indicator, subject_id, subject_name, title, period_from, period_to, edition, sand, stations,
         point_ids, exact, value, text, unit, decimals, note, inputs, basis, digest, 'frozen', computed_at, region_code, owner_id
       from figure where id = any($1::int[]) and report_id = 0
       returning id, key
     )
     select live.id as live, copied.id as frozen from copied
     join figure live on live.key = copied.key and live.report_id = 0`,
    [ids, reportId],
  )
  return new Map(rows.map((row) => [row.live, row.frozen]))
}

export async function figuresOfIndicators(q: Queryable, names: readonly string[]): Promise<FigureRow[]> {
  const { rows } = await q.query<FigureRow>(
    `select ${fields} from figure where report_id = 0 and indicator = any($1::text[])`,
    [names],
  )
  return rows
}

/**
 * Deletes live figures of periods that ended in mid-month before `before`, unless a report prints them. They are
 * calculated again when somebody asks. Returns how many.
 */
export async function forgetPassingFigures(q: Queryable, before: string): Promise<number> {
  const { rowCount } = await q.query(
    `delete from figure f
     where report_id = 0 and period_to < $1::date
       and period_to <> (date_trunc('month', period_to) + interval '1 month - 1 day')::date
       and not exists (select from report_figure x where x.figure_id = f.id)`,
    [before],
  )
  return rowCount ?? 0
}
