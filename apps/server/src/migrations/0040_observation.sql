-- Observations: one row is one message (point, time, layout), not one value.
-- Rules that keep a later distribution by point_id possible: every key of a fact table contains point_id,
-- no triggers (a foreign key is one: the layout is interned by the writer), no sub-query in a policy, no now() in an upsert.

-- Which factor stands at which index, and by which procedure the values came about. Immutable, interned.
create table layout (
  id int generated always as identity primary key,
  procedure text collate "C" not null check (procedure in ('measured', 'rolled', 'rolled-no-sand')),
  factors text[] collate "C" not null check (cardinality(factors) between 1 and 400),
  unique (procedure, factors)
);

-- ts is the START of the averaging period. Columns are ordered 8-byte first: no padding.
-- vals: means (NaN = no value); mins, maxs, cous: as sent, or of a rolled row the smallest and largest input
-- and the number of valid inputs. flags: one character an index. marks: the same ('.' none, 'X' invalidated,
-- 'S' affected by sand), null when there is none. msg leads to the raw bytes in the journal.
create table obs_rt (
  ts timestamptz not null,
  msg bigint not null,
  point_id int not null,
  layout int not null,
  region_code int not null,
  owner_id int not null,
  rev int not null default 1,
  vals double precision[] not null,
  mins double precision[],
  maxs double precision[],
  cous double precision[],
  flags text collate "C" not null,
  marks text collate "C",
  primary key (ts, point_id, layout)
) partition by range (ts);
create table obs_min (like obs_rt including all) partition by range (ts);
create table obs_hour (like obs_rt including all) partition by range (ts);
create table obs_day (like obs_rt including all) partition by range (ts);
create table obs_month (like obs_rt including all) partition by range (ts);
create table obs_year (like obs_rt including all) partition by range (ts);

-- What a correction replaced, and who replaced it, when and why.
create table obs_revision (
  ts timestamptz not null,
  msg bigint not null,
  new_msg bigint not null,
  replaced_at timestamptz not null,
  point_id int not null,
  layout int not null,
  region_code int not null,
  owner_id int not null,
  rev int not null,
  period text collate "C" not null,
  vals double precision[] not null,
  mins double precision[],
  maxs double precision[],
  cous double precision[],
  flags text collate "C" not null,
  replaced_by text not null,
  reason text not null,
  primary key (point_id, period, ts, layout, rev)
);

-- The newest row of a point by period and layout: a pointer, the values stay in the one place they have.
create table latest (
  ts timestamptz not null,
  point_id int not null,
  layout int not null,
  region_code int not null,
  owner_id int not null,
  period text collate "C" not null,
  primary key (point_id, period, layout)
) with (fillfactor = 50);

-- Queues of the roll-up: append-only, so that a writer never waits for the worker. Local tables.
create table dirty_bucket (
  id bigint generated always as identity primary key,
  bucket timestamptz not null,
  point_id int not null,
  period text collate "C" not null check (period in ('hour', 'day'))
);
create table rolled_change (
  id bigint generated always as identity primary key,
  bucket timestamptz not null,
  point_id int not null,
  period text collate "C" not null
);

do $$
declare
  fact text;
begin
  foreach fact in array array['obs_rt', 'obs_min', 'obs_hour', 'obs_day', 'obs_month', 'obs_year', 'obs_revision', 'latest'] loop
    execute format('alter table %I enable row level security', fact);
    execute format(
      'create policy scope on %I for select to shanshui_app using (
         owner_id = 0
         or (region_code <@ nullif(current_setting(''app.regions'', true), '''')::int4multirange
             and (current_setting(''app.owner'', true) = ''any''
                  or owner_id = nullif(nullif(current_setting(''app.owner'', true), ''any''), '''')::int)))',
      fact);
    execute format('revoke insert, update, delete on %I from shanshui_app', fact);
  end loop;
end
$$;
-- Only the owner (gateway, jobs, decisions) writes here.
revoke insert, update, delete on layout, dirty_bucket, rolled_change from shanshui_app;

-- For people who read with SQL: one row a value.
create view obs_value with (security_invoker = true) as
select o.period, o.ts, o.point_id, l.procedure, f.code as factor,
       o.vals[f.i::int] as value, o.mins[f.i::int] as min, o.maxs[f.i::int] as max, o.cous[f.i::int] as cou,
       substr(o.flags, f.i::int, 1) as flag, coalesce(substr(o.marks, f.i::int, 1), '.') as mark, o.msg, o.rev
from (
  select 'rt' as period, * from obs_rt
  union all select 'min', * from obs_min
  union all select 'hour', * from obs_hour
  union all select 'day', * from obs_day
  union all select 'month', * from obs_month
  union all select 'year', * from obs_year
) o
join layout l on l.id = o.layout
cross join lateral unnest(l.factors) with ordinality f (code, i);
revoke insert, update, delete on obs_value from shanshui_app;
