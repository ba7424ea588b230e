import type { InspectionSkill } from '@shanshui/contract'
import type { Queryable } from '../../platform/db/index.ts'
import type { InspectorRow } from './inspection.table.ts'

const inspectorSelect = `select i.id, i.user_id, u.name, u.organization_id, o.name as organization_name, i.region_code,
    i.certificate, i.certificate_expires, i.skills, i.lon, i.lat, i.minutes_per_day, i.active, i.version
  from inspector i join app_user u on u.id = i.user_id join organization o on o.id = u.organization_id`

export async function selectInspectors(
  q: Queryable,
  filter: {
    readonly region?: readonly [number | null, number | null]
    readonly userIds?: readonly number[]
    readonly ids?: readonly number[]
  },
): Promise<InspectorRow[]> {
  const { rows } = await q.query<InspectorRow>(
    `${inspectorSelect} where ($1::int is null or i.region_code between $1 and $2)
       and ($3::int[] is null or i.user_id = any($3)) and ($4::int[] is null or i.id = any($4))
     order by i.region_code, i.id`,
    [filter.region?.[0] ?? null, filter.region?.[1] ?? null, filter.userIds ?? null, filter.ids ?? null],
  )
  return rows
}

export interface AbsenceRow {
  id: number
  inspector_id: number
  from_on: string
  to_on: string
  reason: string
}
export async function selectAbsences(q: Queryable, ids: readonly number[]): Promise<AbsenceRow[]> {
  const { rows } = await q.query<AbsenceRow>(
    `select id, inspector_id, from_on, to_on, reason from inspector_absence
      where inspector_id = any($1) order by from_on, id`,
    [ids],
  )
  return rows
}

export interface RecusalRow {
  inspector_id: number
  enterprise_id: number
  enterprise_name: string
  reason: string
}
export async function selectRecusals(q: Queryable, ids: readonly number[]): Promise<RecusalRow[]> {
  const { rows } = await q.query<RecusalRow>(
    `select r.inspector_id, r.enterprise_id, f.name as enterprise_name, r.reason
       from inspector_recusal r join feature f on f.id = r.enterprise_id
      where r.inspector_id = any($1) order by r.inspector_id, r.enterprise_id`,
    [ids],
  )
  return rows
}

export interface InspectorValues {
  readonly certificate: string
  readonly certificateExpires: string
  readonly skills: readonly InspectionSkill[]
  readonly home: { readonly lon: number; readonly lat: number }
  readonly minutesPerDay: number
  readonly active: boolean
}

/** Region of the organization of a person. */
export async function regionOfUser(q: Queryable, userId: number): Promise<number | undefined> {
  const { rows } = await q.query<{ region_code: number }>(
    `select o.region_code from app_user u join organization o on o.id = u.organization_id where u.id = $1`,
    [userId],
  )
  return rows[0]?.region_code
}

export async function upsertInspector(
  q: Queryable,
  userId: number,
  regionCode: number,
  values: InspectorValues,
): Promise<number> {
  const { rows } = await q.query<{ id: number }>(
    `insert into inspector as i (user_id, region_code, certificate, certificate_expires, skills, lon, lat,
       minutes_per_day, active) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (user_id) do update set region_code = excluded.region_code, certificate = excluded.certificate,
       certificate_expires = excluded.certificate_expires, skills = excluded.skills, lon = excluded.lon,
       lat = excluded.lat, minutes_per_day = excluded.minutes_per_day, active = excluded.active,
       version = i.version + 1
     returning id`,
    [
      userId,
      regionCode,
      values.certificate,
      values.certificateExpires,
      values.skills,
      values.home.lon,
      values.home.lat,
      values.minutesPerDay,
      values.active,
    ],
  )
  return rows[0]?.id ?? 0
}

export async function insertAbsence(
  q: Queryable,
  inspector: InspectorRow,
  absence: { from: string; to: string; reason: string },
): Promise<void> {
  await q.query(
    `insert into inspector_absence (inspector_id, region_code, from_on, to_on, reason) values ($1, $2, $3, $4, $5)`,
    [inspector.id, inspector.region_code, absence.from, absence.to, absence.reason],
  )
}

export async function deleteAbsence(q: Queryable, inspectorId: number, absenceId: number): Promise<void> {
  await q.query('delete from inspector_absence where id = $1 and inspector_id = $2', [absenceId, inspectorId])
}

export async function upsertRecusal(
  q: Queryable,
  inspector: InspectorRow,
  enterpriseId: number,
  reason: string,
): Promise<void> {
  await q.query(
    `insert into inspector_recusal (inspector_id, enterprise_id, region_code, reason) values ($1, $2, $3, $4)
     on conflict (inspector_id, enterprise_id) do update set reason = excluded.reason`,
    [inspector.id, enterpriseId, inspector.region_code, reason],
  )
}

export async function deleteRecusal(q: Queryable, inspectorId: number, enterpriseId: number): Promise<void> {
  await q.query('delete from inspector_recusal where inspector_id = $1 and enterprise_id = $2', [
    inspectorId,
    enterpriseId,
  ])
}

/** The next number of a region and year, e.g. for `CQ-629001-2026-0003`. */
export async function nextSerial(
  q: Queryable,
  kind: string,
  regionCode: number,
  year: number,
): Promise<string> {
  const { rows } = await q.query<{ last: number }>(
    `insert into inspection_serial as s (region_code, year, kind, last) values ($1, $2, $3, 1)
     on conflict (region_code, year, kind) do update set last = s.last + 1 returning last`,
    [regionCode, year, kind],
  )
  return `${kind}-${regionCode}-${year}-${String(rows[0]?.last ?? 0).padStart(4, '0')}`
}
