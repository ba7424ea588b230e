-- Inspections: the field content of a matter of the workflow inspection-task.
create table inspection (
  id int generated always as identity primary key,
  matter_id int not null unique,
  number text collate "C" not null,
  region_code int not null,
  owner_id int not null,                               -- organization of the enterprise; 0: none
  enterprise_id int references feature on delete restrict,
  kind text collate "C" not null check (kind in ('lead', 'complaint', 'look-back', 'quota', 'risk')),
  title text not null,
  lon double precision not null,
  lat double precision not null,
  planned_on date not null,
  sequence int not null default 1,                     -- which visit of the crew's day
  start_minute int,
  minutes int not null,
  officers int[] not null check (cardinality(officers) >= 2),
  plan_id int references inspection_plan on delete restrict,
  candidate_id text collate "C",
  draw_id int references inspection_draw on delete restrict,
  exception text collate "C" check (exception in ('complaint', 'transferred-lead', 'emergency', 'abnormal-data')),
  why jsonb not null,
  what jsonb not null,
  checklists text[] not null,
  refs jsonb not null,
  conclusion text collate "C" check (conclusion in ('no-problem', 'problem', 'could-not-inspect')),
  arrived_at timestamptz,
  finished_at timestamptz,
  record_version int not null default 0,
  made_at timestamptz not null,
  made_by int not null,
  command_id text collate "C" unique,
  unique (plan_id, candidate_id)
);
create index inspection_by_day on inspection (planned_on, region_code, id);
create index inspection_by_enterprise on inspection (enterprise_id, planned_on);
create index inspection_of_officer on inspection using gin (officers);

-- The record of a visit, item by item: answers of the checklist, lines of the record, signatures.
create table inspection_item (
  inspection_id int not null references inspection on delete restrict,
  key text collate "C" not null,
  region_code int not null,
  value jsonb not null,
  version int not null,                                -- of the record, when this item last changed
  at timestamptz not null,                             -- of the device
  by_user int not null,
  device text collate "C" not null,
  seq int not null,
  operation_id text collate "C" not null,
  primary key (inspection_id, key)
);
create index inspection_item_by_key on inspection_item (key);

-- Where two people wrote differently into one item: every version stays, a person decides.
create table field_conflict (
  id int generated always as identity primary key,
  inspection_id int not null references inspection on delete restrict,
  region_code int not null,
  key text collate "C" not null,
  opened_at timestamptz not null,
  operations text[] not null,
  decided_operation text collate "C",
  decided_by int,
  decided_at timestamptz,
  reason text,
  check ((decided_by is null) = (decided_operation is null))
);
create unique index field_conflict_one_open on field_conflict (inspection_id, key) where decided_by is null;
create index field_conflict_of on field_conflict (inspection_id, id);

-- What phones did: every operation as it came, once. Nothing is ever taken away.
create table field_operation (
  id text collate "C" primary key,
  inspection_id int not null references inspection on delete restrict,
  region_code int not null,
  device text collate "C" not null,
  seq int not null,
  kind text collate "C" not null,
  key text collate "C" not null,
  at timestamptz not null,
  received_at timestamptz not null,
  drift_seconds double precision not null,             -- time of the device minus that of the server
  by_user int not null,
  base_version int not null,
  payload jsonb not null,
  status text collate "C" not null check (status in ('applied', 'conflict', 'refused')),
  code text collate "C",
  detail text,
  version int,
  conflict_id int references field_conflict on delete restrict
);
create index field_operation_of on field_operation (inspection_id, device, seq);

create table inspection_problem (
  inspection_id int not null references inspection on delete restrict,
  key text collate "C" not null,
  region_code int not null,
  problem_id int not null,
  number text collate "C" not null,
  title text not null,
  primary key (inspection_id, key)
);

do $$
declare
  t text;
begin
  foreach t in array array['inspection', 'inspection_item', 'field_conflict', 'field_operation', 'inspection_problem'] loop
    execute format('alter table %I enable row level security', t);
    execute format(
      'create policy bureau on %I for all to shanshui_app using (
         region_code <@ nullif(current_setting(''app.regions'', true), '''')::int4multirange
         and current_setting(''app.owner'', true) = ''any''
         and current_setting(''app.permissions'', true) like ''%%,inspection:read,%%'')', t);
  end loop;
end
$$;
revoke delete on inspection, inspection_item, field_conflict from shanshui_app;
revoke update, delete on field_operation, inspection_problem from shanshui_app;
