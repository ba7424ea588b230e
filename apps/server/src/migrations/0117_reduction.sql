-- Total-emission reduction: targets, projects, and what a project is counted with in a year. Tonnes to the kilogram.
create table reduction_target (
  id int generated always as identity primary key,
  year int not null check (year between 2010 and 2100),
  region_code int not null,
  pollutant text collate "C" not null,
  tonnes numeric(14, 3) not null check (tonnes >= 0),
  plan_tonnes numeric(14, 3) check (plan_tonnes >= 0),
  plan_from int,
  plan_to int,
  source text not null,
  version int not null default 1,
  updated_at timestamptz not null,
  updated_by int not null,
  unique (year, region_code, pollutant),
  check ((plan_tonnes is null) = (plan_from is null) and (plan_from is null) = (plan_to is null)),
  check (plan_to >= plan_from)
);

create table reduction_project (
  id int generated always as identity primary key,
  code text collate "C" not null unique,
  name text not null,
  type text collate "C" not null,
  subject_id int not null references feature,
  facility text not null,
  starts_on date,
  completed_on date,
  process_before text,
  process_after text,
  base_emission numeric(14, 3),
  base_source text,
  region_code int not null,
  owner_id int not null,
  version int not null default 1,
  updated_at timestamptz not null,
  updated_by int not null,
  unique (subject_id, type, facility)      -- the same project under another number is the same project
);

create table reduction_claim (
  id int generated always as identity primary key,
  project_id int not null references reduction_project on delete restrict,
  pollutant text collate "C" not null,
  year int not null check (year between 2010 and 2100),
  state text collate "C" not null
    check (state in ('planned', 'in-progress', 'completed', 'verified', 'recognised', 'rejected')),
  inputs jsonb not null,
  input_references jsonb not null,
  evidence jsonb not null,
  trace jsonb not null,
  evaluator_version text not null,
  claimed numeric(14, 3) not null,
  next_year numeric(14, 3) not null,
  annual numeric(14, 3) not null,
  verified numeric(14, 3),
  recognised numeric(14, 3),
  moved numeric(14, 3) not null default 0, -- left the pool: put into an allowance account
  reason text,
  written_by int not null,
  reviewed_by int,
  region_code int not null,
  owner_id int not null,
  version int not null default 1,
  updated_at timestamptz not null,
  unique (project_id, pollutant, year),    -- no project counts twice
  check (claimed >= 0),
  check (verified between 0 and claimed),
  check (recognised between 0 and verified),
  constraint reduction_moved_within_recognised check (moved between 0 and coalesce(recognised, 0)),
  check (reviewed_by is null or reviewed_by <> written_by),
  check (state not in ('verified', 'recognised') or (verified is not null and reviewed_by is not null)),
  check ((state = 'recognised') = (recognised is not null)),
  check (state <> 'rejected' or (reason is not null and reviewed_by is not null))
);
create index reduction_claim_by_year on reduction_claim (year, region_code, pollutant);

create table reduction_event (
  id int generated always as identity primary key,
  claim_id int not null references reduction_claim on delete restrict,
  at timestamptz not null,
  by_id int not null,
  event text collate "C" not null,
  from_state text collate "C",
  to_state text collate "C" not null,
  tonnes numeric(14, 3),
  reason text,
  region_code int not null,
  owner_id int not null
);
create index reduction_event_by_claim on reduction_event (claim_id, id);

do $$
declare
  kept text;
begin
  foreach kept in array array['reduction_project', 'reduction_claim', 'reduction_event'] loop
    execute format('alter table %I enable row level security', kept);
    execute format(
      'create policy read on %I for select to shanshui_app using (
         region_code <@ nullif(current_setting(''app.regions'', true), '''')::int4multirange
         and (current_setting(''app.owner'', true) = ''any''
              or owner_id = nullif(nullif(current_setting(''app.owner'', true), ''any''), '''')::int))', kept);
    execute format(
      'create policy make on %I for insert to shanshui_app with check (
         region_code <@ nullif(current_setting(''app.regions'', true), '''')::int4multirange
         and current_setting(''app.owner'', true) = ''any'')', kept);
    execute format(
      'create policy change on %I for update to shanshui_app using (
         region_code <@ nullif(current_setting(''app.regions'', true), '''')::int4multirange
         and current_setting(''app.owner'', true) = ''any'')', kept);
    execute format('revoke delete on %I from shanshui_app', kept);
  end loop;
end
$$;
revoke update on reduction_event from shanshui_app;

alter table reduction_target enable row level security;
create policy read on reduction_target for select to shanshui_app using (
  region_code <@ nullif(current_setting('app.regions', true), '')::int4multirange);
create policy make on reduction_target for insert to shanshui_app with check (
  region_code <@ nullif(current_setting('app.regions', true), '')::int4multirange
  and current_setting('app.owner', true) = 'any');
create policy change on reduction_target for update to shanshui_app using (
  region_code <@ nullif(current_setting('app.regions', true), '')::int4multirange
  and current_setting('app.owner', true) = 'any');
revoke delete on reduction_target from shanshui_app;
