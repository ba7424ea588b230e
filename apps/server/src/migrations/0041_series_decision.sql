-- What people decided about observations. Every row comes from a decision in the journal; its id is the
-- decision's message number, so that a replay of the journal gives the same rows.

create table validity_mark (
  id bigint primary key,
  point_id int not null,
  region_code int not null,
  owner_id int not null,
  from_ts timestamptz not null,
  to_ts timestamptz not null check (to_ts > from_ts),
  factors text[] collate "C",              -- null: every factor
  reason text not null,
  made_by int not null,
  made_by_name text not null,
  made_at timestamptz not null,
  withdrawn_msg bigint,
  withdrawn_by int,
  withdrawn_by_name text,
  withdrawn_at timestamptz,
  withdrawn_reason text
);
create index on validity_mark (point_id, from_ts);

create table sand_period (
  id bigint primary key,
  city_id int not null,
  point_ids int[] not null,                -- stations whose data are affected, as confirmed
  region_code int not null,
  owner_id int not null,
  from_ts timestamptz not null,
  to_ts timestamptz not null check (to_ts > from_ts),
  factors text[] collate "C" not null,
  scope text collate "C" not null check (scope in ('days', 'hours')),
  reason text not null,
  made_by int not null,
  made_by_name text not null,
  made_at timestamptz not null,
  withdrawn_msg bigint,
  withdrawn_by int,
  withdrawn_by_name text,
  withdrawn_at timestamptz,
  withdrawn_reason text
);
create index on sand_period (city_id, from_ts);

-- Three-level review (三级审核): how far a station-day has come. reached: 0 none, 1 station, 2 city, 3 province.
create table review_day (
  day date not null,
  point_id int not null,
  region_code int not null,
  owner_id int not null,
  reached int not null check (reached between 0 and 3),
  returned boolean not null,
  reason text not null,
  seen text collate "C" not null,          -- digest of the day's values that the last decision saw
  msg bigint not null,
  primary key (point_id, day)
);
create table review_event (
  msg bigint not null,
  day date not null,
  point_id int not null,
  region_code int not null,
  owner_id int not null,
  level text collate "C" not null check (level in ('station', 'city', 'province')),
  decision text collate "C" not null check (decision in ('approve', 'return')),
  reached int not null,
  returned boolean not null,
  reason text not null,
  made_by int not null,
  made_by_name text not null,
  made_at timestamptz not null,
  primary key (point_id, day, msg)
);

do $$
declare
  decided text;
begin
  foreach decided in array array['validity_mark', 'sand_period', 'review_day', 'review_event'] loop
    execute format('alter table %I enable row level security', decided);
    execute format(
      'create policy scope on %I for select to shanshui_app using (
         owner_id = 0
         or (region_code <@ nullif(current_setting(''app.regions'', true), '''')::int4multirange
             and (current_setting(''app.owner'', true) = ''any''
                  or owner_id = nullif(nullif(current_setting(''app.owner'', true), ''any''), '''')::int)))',
      decided);
    execute format('revoke insert, update, delete on %I from shanshui_app', decided);
  end loop;
end
$$;
