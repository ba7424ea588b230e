-- Problems (问题): what was found, one number each; every source is kept, also of those that were merged into it.
create table problem (
  id int generated always as identity primary key,
  number text collate "C" not null unique,
  source text collate "C" not null,
  title text not null check (length(title) between 1 and 200),
  detail text not null,
  theme text collate "C" not null,
  region_code int not null,
  owner_id int not null default 0,
  enterprise_id int references feature,
  feature_id int references feature,
  lon double precision check (lon between -180 and 180),
  lat double precision check (lat between -90 and 90),
  found_at timestamptz not null,
  registered_at timestamptz not null,
  registered_by int,
  merged_into int references problem,
  sources int not null default 1,
  matters int not null default 0,          -- kept by matter_counts()
  open_matters int not null default 0,
  command_id text collate "C",
  version int not null default 1,
  check (merged_into is distinct from id),
  check ((lon is null) = (lat is null))
);
create index problem_by_time on problem (registered_at desc, id desc);
create index problem_by_place on problem (region_code, found_at);
create index problem_by_enterprise on problem (enterprise_id, id);
create index problem_by_feature on problem (feature_id, id);
create index problem_untreated on problem (registered_at, id) where matters = 0 and merged_into is null;
create index problem_by_target on problem (merged_into) where merged_into is not null;
create unique index problem_command_once on problem (registered_by, command_id) where command_id is not null;

create table problem_source (
  id int generated always as identity primary key,
  problem_id int not null references problem,
  source text collate "C" not null,
  ref text,
  title text not null,
  detail text not null,
  found_at timestamptz not null,
  registered_at timestamptz not null,
  registered_by int
);
create index problem_source_of on problem_source (problem_id);
create index problem_source_by_ref on problem_source (source, ref) where ref is not null;
-- A lead is the source of one problem.
create unique index problem_of_lead on problem_source (ref) where source = 'lead' and ref is not null;

create table problem_cause (
  id int generated always as identity primary key,
  problem_id int not null references problem,
  kind text collate "C" not null,
  text text not null check (length(text) <= 2000),
  at timestamptz not null,
  by_user int,
  removed_at timestamptz,
  removed_by int,
  removed_reason text,
  check ((removed_at is null) = (removed_reason is null))
);
create index problem_cause_of on problem_cause (problem_id);
create index problem_cause_by_kind on problem_cause (kind) where removed_at is null;

create table problem_merge (
  id int generated always as identity primary key,
  from_id int not null references problem,
  into_id int not null references problem,
  reason text not null check (length(reason) between 1 and 2000),
  merged_at timestamptz not null,
  merged_by int,
  undone_at timestamptz,
  undone_by int,
  undo_reason text,
  check (from_id <> into_id),
  check ((undone_at is null) = (undo_reason is null))
);
create unique index problem_merge_standing on problem_merge (from_id) where undone_at is null;
create index problem_merge_by_target on problem_merge (into_id);

alter table problem enable row level security;
create policy read on problem for select to shanshui_app using (
  region_code <@ nullif(current_setting('app.regions', true), '')::int4multirange
  and current_setting('app.owner', true) = 'any'
  and current_setting('app.permissions', true) like '%,problem:read,%');
create policy make on problem for insert to shanshui_app with check (
  region_code <@ nullif(current_setting('app.regions', true), '')::int4multirange
  and current_setting('app.owner', true) = 'any'
  and current_setting('app.permissions', true) like '%,problem:write,%');
create policy change on problem for update to shanshui_app using (
  region_code <@ nullif(current_setting('app.regions', true), '')::int4multirange
  and current_setting('app.owner', true) = 'any'
  and current_setting('app.permissions', true) like '%,problem:write,%');
revoke delete on problem from shanshui_app;

do $$
declare
  t text;
begin
  foreach t in array array['problem_source', 'problem_cause'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy of_problem on %I to shanshui_app
      using (exists (select from problem p where p.id = problem_id))', t);
  end loop;
end
$$;
alter table problem_merge enable row level security;
create policy of_problem on problem_merge to shanshui_app
  using (exists (select from problem p where p.id in (from_id, into_id)));
revoke update, delete on problem_source from shanshui_app;
revoke delete on problem_cause, problem_merge from shanshui_app;
