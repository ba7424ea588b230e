-- Hours of outlets as the platform judges them. One row is one outlet and hour; unpartitioned: reads are ranges of one
-- outlet, which the key serves, and 6,000 outlets make 53 million rows a year.
create table outlet_layout (
  id int generated always as identity primary key,
  factors text[] collate "C" not null unique check (cardinality(factors) between 1 and 100)
);

-- A limit as it was chosen, with the reason; interned by content.
create table limit_choice (
  id int generated always as identity primary key,
  digest text collate "C" not null unique,
  value double precision not null,
  least double precision,                  -- lower bound, pH only
  decimals int not null,
  unit text not null,
  averaging text collate "C" not null check (averaging in ('hour', 'day', 'instant')),
  source text not null,
  clause text,
  why text not null,
  status text collate "C" not null check (status in ('primary', 'verified', 'unverified', 'design'))
);

-- vals: o2 %, flow m³/h, load %, then by factor of the layout: measured, converted as reported, converted as calculated,
-- mass kg, limit (NaN = none). One character a factor: states (0 missing, 1 valid, 2 invalid, 3 stopped, 4 exempt),
-- reasons (see the room's table), auto and manual marks (space = none), methods (m minutes, h hour message, - none).
create table outlet_hour (
  ts timestamptz not null,
  msg bigint not null,                     -- highest contributing message; 0 = none
  outlet_id int not null,
  layout int not null,
  region_code int not null,
  owner_id int not null,
  rev int not null default 1,
  vals double precision[] not null,
  limits int[] not null,                   -- limit_choice by factor; 0 = none
  states text collate "C" not null,
  reasons text collate "C" not null,
  auto text collate "C" not null,
  manual text collate "C" not null,
  methods text collate "C" not null,
  primary key (outlet_id, ts)
);

-- What a recomputation replaced, when and why.
create table outlet_hour_revision (
  ts timestamptz not null,
  msg bigint not null,
  replaced_at timestamptz not null,
  outlet_id int not null,
  layout int not null,
  region_code int not null,
  owner_id int not null,
  rev int not null,
  vals double precision[] not null,
  limits int[] not null,
  states text collate "C" not null,
  reasons text collate "C" not null,
  auto text collate "C" not null,
  manual text collate "C" not null,
  methods text collate "C" not null,
  why text not null,
  primary key (outlet_id, ts, rev)
);

-- By factor of the layout: means (day), mass kg (valid hours), valid hours, hours above the limit (a daily limit: 1),
-- day limits (limit_choice). Counters of the transmission rate: items.
create table outlet_day (
  day date not null,
  outlet_id int not null,
  layout int not null,
  region_code int not null,
  owner_id int not null,
  means double precision[] not null,
  masses double precision[] not null,
  limits int[] not null,
  valid_hours int[] not null,
  due_hours int[] not null,
  over_hours int[] not null,
  stopped_hours int not null,
  due int not null,
  received int not null,
  valid_due int not null,
  valid int not null,
  realtime_received int not null,
  realtime_valid int not null,
  primary key (outlet_id, day)
);
create index outlet_day_by_day on outlet_day (day);

-- The newest hour of an outlet; small, so that what exceeds now is found at once.
create table outlet_current (
  ts timestamptz not null,
  outlet_id int primary key,
  layout int not null,
  region_code int not null,
  owner_id int not null,
  vals double precision[] not null,
  limits int[] not null,
  states text collate "C" not null,
  manual text collate "C" not null,
  exceeding boolean not null,
  multiple double precision not null       -- highest of its factors; -1 = none
) with (fillfactor = 70);
create index outlet_current_exceeding on outlet_current (ts) where exceeding;

-- Queues, local: what must be computed again, and what was (told to the rooms after this one at least once).
create table source_dirty (
  id bigint generated always as identity primary key,
  from_ts timestamptz not null,
  to_ts timestamptz not null check (to_ts > from_ts),
  outlet_id int not null,
  why text not null
);
create table source_change (
  id bigint generated always as identity primary key,
  from_ts timestamptz not null,
  to_ts timestamptz not null,
  outlet_id int not null
);
-- How far the clock has been followed (end of day, end of the marking window), and what was known of the registry.
create table source_clock (
  name text collate "C" primary key,
  at timestamptz not null
);
create table source_known (
  outlet_id int primary key,
  signature text collate "C" not null
);
-- Masses of a month, made again when an hour of its quarter changed.
create table outlet_month (
  month date not null,
  outlet_id int not null,
  region_code int not null,
  owner_id int not null,
  factor text collate "C" not null,
  kg double precision not null,
  valid_share double precision not null,
  substituted_kg double precision not null,
  primary key (outlet_id, month, factor)
);
create table outlet_month_stale (
  quarter date not null,
  outlet_id int not null,
  since timestamptz not null,
  primary key (outlet_id, quarter)
);

do $$
declare
  owned text;
begin
  foreach owned in array array['outlet_hour', 'outlet_hour_revision', 'outlet_day', 'outlet_current', 'outlet_month'] loop
    execute format('alter table %I enable row level security', owned);
    execute format(
      'create policy scope on %I for select to shanshui_app using (
         owner_id = 0
         or (region_code <@ nullif(current_setting(''app.regions'', true), '''')::int4multirange
             and (current_setting(''app.owner'', true) = ''any''
                  or owner_id = nullif(nullif(current_setting(''app.owner'', true), ''any''), '''')::int)))',
      owned);
    execute format('revoke insert, update, delete on %I from shanshui_app', owned);
  end loop;
end
$$;
revoke insert, update, delete on outlet_layout, limit_choice, source_dirty, source_change, source_clock, source_known,
  outlet_month_stale from shanshui_app;

-- For people who read with SQL: one row a factor.
create view outlet_value with (security_invoker = true) as
select h.ts, h.outlet_id, f.code as factor, h.vals[1] as o2, h.vals[2] as flow_m3_per_h, h.vals[3] as load_percent,
       h.vals[3 + (f.i - 1)::int * 5 + 1] as measured, h.vals[3 + (f.i - 1)::int * 5 + 2] as reported_converted,
       h.vals[3 + (f.i - 1)::int * 5 + 3] as converted, h.vals[3 + (f.i - 1)::int * 5 + 4] as mass_kg,
       h.vals[3 + (f.i - 1)::int * 5 + 5] as limit_value, substr(h.states, f.i::int, 1) as state,
       substr(h.reasons, f.i::int, 1) as reason, substr(h.auto, f.i::int, 1) as auto_mark,
       substr(h.manual, f.i::int, 1) as manual_mark, substr(h.methods, f.i::int, 1) as method, h.msg, h.rev
from outlet_hour h
join outlet_layout l on l.id = h.layout
cross join lateral unnest(l.factors) with ordinality f (code, i);
revoke insert, update, delete on outlet_value from shanshui_app;
