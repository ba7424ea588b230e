-- Plans: what was asked, what was answered, and every change with its price.
create table inspection_plan (
  id int generated always as identity primary key,
  number text collate "C" not null unique,
  region_code int not null,
  from_on date not null,
  to_on date not null check (to_on >= from_on),
  state text collate "C" not null check (state in ('draft', 'published', 'withdrawn')),
  version int not null default 1,
  job_id int,
  input jsonb not null,                                -- people, candidates, days, roads: as they were then
  details jsonb not null,                              -- of each candidate: why, what, unit, source
  result jsonb,                                        -- null until worked out
  made_at timestamptz not null,
  made_by int not null,
  published_at timestamptz,
  command_id text collate "C" unique
);
create index inspection_plan_by_region on inspection_plan (region_code, from_on, id);
create table inspection_plan_change (
  plan_id int not null references inspection_plan on delete cascade,
  version int not null,
  region_code int not null,
  at timestamptz not null,
  by_user int not null,
  change jsonb not null,
  text text not null,
  value_difference double precision not null,
  travel_difference double precision not null,
  reason text,
  primary key (plan_id, version)
);

do $$
declare
  t text;
begin
  foreach t in array array['inspection_plan', 'inspection_plan_change'] loop
    execute format('alter table %I enable row level security', t);
    execute format(
      'create policy bureau on %I for all to shanshui_app using (
         region_code <@ nullif(current_setting(''app.regions'', true), '''')::int4multirange
         and current_setting(''app.owner'', true) = ''any''
         and current_setting(''app.permissions'', true) like ''%%,inspection:read,%%'')', t);
  end loop;
end
$$;
revoke delete on inspection_plan from shanshui_app;
revoke update, delete on inspection_plan_change from shanshui_app;
