import type { PoolKind } from '@shanshui/contract'
import type { Queryable } from '../../platform/db/index.ts'
import type { DrawOfficer, DrawUnit, PairDraw, UnitDraw } from './draw/draw.types.ts'
import type { DrawAsked, DrawRow } from './inspection.table.ts'

const ms = (column: string) => `round(extract(epoch from ${column}) * 1000)::float8`
const drawSelect = `select w.id, w.number, w.region_code, w.kind, w.quarter, w.state, w.rate, w.quota, w.settings, w.pool,
    w.officers, w.units, w.pairs, ${ms('w.drawn_at')} as drawn_ms, u.name as drawn_by_name,
    ${ms('w.frozen_at')} as frozen_ms, ${ms('w.published_at')} as published_ms, w.publish_by, w.version
  from inspection_draw w left join app_user u on u.id = w.drawn_by`

export async function selectDraws(
  q: Queryable,
  filter: {
    readonly region: readonly [number | null, number | null]
    readonly kind?: PoolKind | undefined
    readonly beforeId?: number | undefined
    readonly limit: number
  },
): Promise<DrawRow[]> {
  const { rows } = await q.query<DrawRow>(
    `${drawSelect} where ($1::int is null or w.region_code between $1 and $2) and ($3::text is null or w.kind = $3)
       and ($4::int is null or w.id < $4) order by w.id desc limit $5`,
    [...filter.region, filter.kind ?? null, filter.beforeId ?? null, filter.limit],
  )
  return rows
}

export async function drawById(q: Queryable, id: number): Promise<DrawRow | undefined> {
  const { rows } = await q.query<DrawRow>(`${drawSelect} where w.id = $1`, [id])
  return rows[0]
}

export async function drawOfCommand(q: Queryable, commandId: string): Promise<number | undefined> {
  const { rows } = await q.query<{ id: number }>('select id from inspection_draw where command_id = $1', [
    commandId,
  ])
  return rows[0]?.id
}

export interface DrawValues {
  readonly number: string
  readonly regionCode: number
  readonly kind: PoolKind
  readonly quarter: string
  readonly rate: number | null
  readonly quota: number
  readonly asked: DrawAsked
  readonly pool: readonly DrawUnit[]
  readonly officers: readonly DrawOfficer[]
  readonly units: UnitDraw
  readonly pairs: PairDraw
  readonly atMs: number
  readonly by: number
  readonly commandId: string | undefined
}

export async function insertDraw(q: Queryable, draw: DrawValues): Promise<number> {
  const { rows } = await q.query<{ id: number }>(
    `insert into inspection_draw (number, region_code, kind, quarter, state, rate, quota, settings, pool, officers, units,
       pairs, drawn_at, drawn_by, command_id)
     values ($1, $2, $3, $4, 'drawn', $5, $6, $7, $8, $9, $10, $11, to_timestamp($12 / 1000.0), $13, $14) returning id`,
    [
      draw.number,
      draw.regionCode,
      draw.kind,
      draw.quarter,
      draw.rate,
      draw.quota,
      JSON.stringify(draw.asked),
      JSON.stringify(draw.pool),
      JSON.stringify(draw.officers),
      JSON.stringify(draw.units),
      JSON.stringify(draw.pairs),
      draw.atMs,
      draw.by,
      draw.commandId ?? null,
    ],
  )
  return rows[0]?.id ?? 0
}

export interface DrawnDraft {
  readonly enterpriseId: number
  readonly regionCode: number
  readonly officers: readonly number[]
  readonly reserveOfficer: number | null
}

export async function insertDrawn(
  q: Queryable,
  drawId: number,
  year: number,
  drawn: readonly DrawnDraft[],
): Promise<void> {
  for (const [position, one] of drawn.entries())
    await q.query(
      `insert into inspection_drawn (draw_id, enterprise_id, region_code, year, position, officers, reserve_officer)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [drawId, one.enterpriseId, one.regionCode, year, position + 1, one.officers, one.reserveOfficer],
    )
}

export interface DrawnRow {
  enterprise_id: number
  code: string
  name: string
  officers: number[]
  reserve_officer: number | null
  task_id: number | null
  visited_on: string | null
}

export async function drawnOf(q: Queryable, drawId: number): Promise<DrawnRow[]> {
  const { rows } = await q.query<DrawnRow>(
    `select d.enterprise_id, f.code, f.name, d.officers, d.reserve_officer, i.id as task_id,
            (i.finished_at at time zone 'Asia/Shanghai')::date as visited_on
       from inspection_drawn d join feature f on f.id = d.enterprise_id
       left join lateral (select id, finished_at from inspection i
         where i.draw_id = d.draw_id and i.enterprise_id = d.enterprise_id order by i.id desc limit 1) i on true
      where d.draw_id = $1 order by d.position`,
    [drawId],
  )
  return rows
}

export async function moveDraw(
  q: Queryable,
  id: number,
  version: number,
  to: { state: 'frozen' | 'published'; atMs: number; publishBy: string | null },
): Promise<boolean> {
  const { rowCount } = await q.query(
    `update inspection_draw set state = $3, version = version + 1,
       frozen_at = coalesce(frozen_at, to_timestamp($4 / 1000.0)), publish_by = coalesce(publish_by, $5::date),
       published_at = case when $3 = 'published' then to_timestamp($4 / 1000.0) end
     where id = $1 and version = $2`,
    [id, version, to.state, to.atMs, to.publishBy],
  )
  return rowCount === 1
}

/** Names of people. */
export async function namesOf(q: Queryable, userIds: readonly number[]): Promise<Map<number, string>> {
  const { rows } = await q.query<{ id: number; name: string }>(
    'select id, name from app_user where id = any($1)',
    [userIds],
  )
  return new Map(rows.map((row) => [row.id, row.name]))
}
