-- Findings made at the desk (非现场发现): verified, explained by the enterprise, decided.
create table offsite_finding (
  id int generated always as identity primary key,
  enterprise_id int not null references feature on delete restrict,
  region_code int not null,
  owner_id int not null,
  item text collate "C" not null,
  title text not null,
  finding text not null,
  snapshot jsonb not null,                             -- figures and rows as they were when it was raised
  state text collate "C" not null check (state in ('raised', 'verified', 'explained', 'closed')),
  decision text collate "C" check (decision in ('excluded', 'reminded', 'visit', 'case')),
  raised_at timestamptz not null,
  raised_by int not null,
  due_at timestamptz,
  due_text text,
  due_status text collate "C",
  verify_note text,
  verified_at timestamptz,
  verified_by int,
  explanation text,
  explained_at timestamptz,
  explained_by int,
  decision_note text,
  decided_at timestamptz,
  decided_by int,
  problem_id int,
  inspection_id int references inspection on delete restrict,
  version int not null default 1,
  check ((state = 'closed') = (decision is not null))
);
create index offsite_finding_by_state on offsite_finding (state, id);
create index offsite_finding_by_enterprise on offsite_finding (enterprise_id, id);
create unique index offsite_finding_one_open on offsite_finding (enterprise_id, item) where state <> 'closed';

alter table offsite_finding enable row level security;
-- The enterprise sees it from the moment when it is asked to explain.
create policy read on offsite_finding for select to shanshui_app using (
  region_code <@ nullif(current_setting('app.regions', true), '')::int4multirange
  and ((current_setting('app.owner', true) = 'any'
        and current_setting('app.permissions', true) like '%,inspection:read,%')
       or (state <> 'raised' and owner_id = nullif(nullif(current_setting('app.owner', true), 'any'), '')::int)));
create policy change on offsite_finding for update to shanshui_app using (
  region_code <@ nullif(current_setting('app.regions', true), '')::int4multirange
  and ((current_setting('app.owner', true) = 'any'
        and current_setting('app.permissions', true) like '%,inspection:read,%')
       or (state <> 'raised' and owner_id = nullif(nullif(current_setting('app.owner', true), 'any'), '')::int)));
create policy make on offsite_finding for insert to shanshui_app with check (
  region_code <@ nullif(current_setting('app.regions', true), '')::int4multirange
  and current_setting('app.owner', true) = 'any'
  and current_setting('app.permissions', true) like '%,inspection:read,%');
revoke delete on offsite_finding from shanshui_app;
