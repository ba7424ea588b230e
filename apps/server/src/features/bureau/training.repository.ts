import type { Attendee, TrainingInput } from '@shanshui/contract'
import type { Queryable } from '../../platform/db/index.ts'
import { regionSpan } from '../../platform/region.ts'
import { type AttendanceRow, personKey, type TrainingRow } from './training.table.ts'

const select = `select t.id, t.kind, t.theme, t.title, t.held_on, t.hours, t.place, t.teacher, t.material, t.drill,
    t.organization_id, o.name as organization_name, t.region_code, t.version,
    (select count(*)::int from training_attendance a where a.training_id = t.id) as attendees
  from training t join organization o on o.id = t.organization_id`

export interface TrainingFilter {
  readonly year?: number
  readonly kind?: string
  readonly theme?: string
  readonly regionCode?: number
  readonly search?: string
}

export interface TrainingPosition {
  readonly heldOn: string
  readonly id: number
}

/** Newest first, after a position. */
export async function selectTrainings(
  q: Queryable,
  filter: TrainingFilter,
  after: TrainingPosition | undefined,
  limit: number,
): Promise<TrainingRow[]> {
  const [from, to] = regionSpan(filter.regionCode)
  const { rows } = await q.query<TrainingRow>(
    `${select} where t.withdrawn is null
       and ($1::int is null or t.held_on >= make_date($1, 1, 1) and t.held_on < make_date($1 + 1, 1, 1))
       and ($2::text is null or t.kind = $2) and ($3::text is null or t.theme = $3)
       and ($4::int is null or t.region_code between $4 and $5)
       and ($6::text is null or strpos(t.title || coalesce(t.teacher, ''), $6) > 0)
       and ($7::date is null or (t.held_on, t.id) < ($7, $8::int))
     order by t.held_on desc, t.id desc limit $9`,
    [
      filter.year ?? null,
      filter.kind ?? null,
      filter.theme ?? null,
      from,
      to,
      filter.search ?? null,
      after?.heldOn ?? null,
      after?.id ?? null,
      limit,
    ],
  )
  return rows
}

export async function selectTraining(q: Queryable, id: number): Promise<TrainingRow | undefined> {
  const { rows } = await q.query<TrainingRow>(`${select} where t.id = $1 and t.withdrawn is null`, [id])
  return rows[0]
}

export async function selectAttendance(q: Queryable, trainingId: number): Promise<AttendanceRow[]> {
  const { rows } = await q.query<AttendanceRow>(
    `select person, user_id, name, organization, signed_in, score, certificate_until
       from training_attendance where training_id = $1 order by organization, name, person`,
    [trainingId],
  )
  return rows
}

interface Made {
  readonly organizationId: number
  readonly by: number
  readonly atMs: number
}

const values = (t: TrainingInput) => [
  t.kind,
  t.theme,
  t.title,
  t.heldOn,
  t.hours,
  t.place ?? null,
  t.teacher ?? null,
  t.material ?? null,
  t.drill === undefined ? null : JSON.stringify(t.drill),
  t.regionCode,
]

export async function insertTraining(q: Queryable, input: TrainingInput, made: Made): Promise<number> {
  const { rows } = await q.query<{ id: number }>(
    `insert into training (kind, theme, title, held_on, hours, place, teacher, material, drill, region_code,
       organization_id, updated_by, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, to_timestamp($13 / 1000.0)) returning id`,
    [...values(input), made.organizationId, made.by, made.atMs],
  )
  return rows[0]?.id ?? 0
}

/** False when another version is stored. */
export async function updateTraining(
  q: Queryable,
  id: number,
  version: number,
  input: TrainingInput,
  made: Omit<Made, 'organizationId'>,
): Promise<boolean> {
  const { rowCount } = await q.query(
    `update training set kind = $1, theme = $2, title = $3, held_on = $4, hours = $5, place = $6, teacher = $7,
       material = $8, drill = $9, region_code = $10, version = version + 1, updated_by = $11,
       updated_at = to_timestamp($12 / 1000.0)
     where id = $13 and version = $14 and withdrawn is null`,
    [...values(input), made.by, made.atMs, id, version],
  )
  return rowCount === 1
}

export async function withdrawTraining(
  q: Queryable,
  id: number,
  version: number,
  reason: string,
): Promise<boolean> {
  const { rowCount } = await q.query(
    'update training set withdrawn = $1, version = version + 1 where id = $2 and version = $3 and withdrawn is null',
    [reason, id, version],
  )
  return rowCount === 1
}

/** One step on for the version, when it is the one that was read. */
export async function touchTraining(q: Queryable, id: number, version: number): Promise<boolean> {
  const { rowCount } = await q.query(
    'update training set version = version + 1 where id = $1 and version = $2 and withdrawn is null',
    [id, version],
  )
  return rowCount === 1
}

/** Adds who is not there yet; how many were added. */
export async function insertAttendance(
  q: Queryable,
  training: { id: number; regionCode: number },
  attendees: readonly Attendee[],
): Promise<number> {
  const { rowCount } = await q.query(
    `insert into training_attendance (training_id, person, user_id, name, organization, signed_in, score,
       certificate_until, region_code)
     select $1, person, user_id, name, organization, signed_in, score, certificate_until, $2
       from unnest($3::text[], $4::int[], $5::text[], $6::text[], $7::boolean[], $8::float8[], $9::date[])
         as one(person, user_id, name, organization, signed_in, score, certificate_until)
     on conflict (training_id, person) do nothing`,
    [
      training.id,
      training.regionCode,
      attendees.map(personKey),
      attendees.map((one) => one.userId ?? null),
      attendees.map((one) => one.name.trim()),
      attendees.map((one) => one.organization.trim()),
      attendees.map((one) => one.signedIn ?? true),
      attendees.map((one) => one.score ?? null),
      attendees.map((one) => one.certificateUntil ?? null),
    ],
  )
  return rowCount ?? 0
}

export async function deleteAttendance(q: Queryable, trainingId: number): Promise<void> {
  await q.query('delete from training_attendance where training_id = $1', [trainingId])
}

/** The region of a training moves to its attendance. */
export async function moveAttendance(q: Queryable, id: number, regionCode: number): Promise<void> {
  await q.query(
    'update training_attendance set region_code = $2 where training_id = $1 and region_code <> $2',
    [id, regionCode],
  )
}

export interface TrainingCountRow {
  key: string
  events: number
  hours: number
  person_times: number
  persons: number
}

const counted = `count(distinct t.id)::int as events, count(a.person)::int as person_times,
    count(distinct a.person)::int as persons`

/**
 * Person-times and persons of a span of days, in all and by theme or month. A person who came twice is two person-times
 * and one person.
 */
export async function countTrainings(
  q: Queryable,
  span: { from: string; to: string; regionCode?: number | undefined },
  by: 'all' | 'theme' | 'month',
): Promise<TrainingCountRow[]> {
  const [from, to] = regionSpan(span.regionCode)
  const key = { all: `''`, theme: 't.theme', month: `to_char(t.held_on, 'YYYY-MM')` }[by]
  const { rows } = await q.query<TrainingCountRow>(
    `select ${key} as key, ${counted},
       coalesce((select sum(h.hours) from training h where h.id = any(array_agg(t.id))), 0) as hours
     from training t left join training_attendance a on a.training_id = t.id
     where t.withdrawn is null and t.held_on between $1 and $2 and ($3::int is null or t.region_code between $3 and $4)
     group by 1 order by 1`,
    [span.from, span.to, from, to],
  )
  return rows
}

export async function countDrills(
  q: Queryable,
  span: { from: string; to: string; regionCode?: number | undefined },
): Promise<{ drills: number; open: number }> {
  const [from, to] = regionSpan(span.regionCode)
  const { rows } = await q.query<{ drills: number; open: number }>(
    `select count(*)::int as drills, coalesce(sum((
       select count(*) from jsonb_array_elements(t.drill->'problems') p where coalesce(p->>'closedOn', '') = '')), 0)::int as open
     from training t
     where t.withdrawn is null and t.kind = 'drill' and t.held_on between $1 and $2
       and ($3::int is null or t.region_code between $3 and $4)`,
    [span.from, span.to, from, to],
  )
  return rows[0] ?? { drills: 0, open: 0 }
}
