-- What the holder of a permit has to do, by when, compiled from the permit; and what shows that it was done.
create table permit_obligation (
  id int generated always as identity primary key,
  permit_id int not null references feature on delete cascade,
  enterprise_id int references feature on delete set null,
  kind text collate "C" not null check (kind in ('self-monitoring', 'ledger', 'report', 'renewal', 'disclosure')),
  key text collate "C" not null,          -- the same whenever the permit is compiled again
  title text not null,
  outlet_number text collate "C",
  factor text collate "C",
  method text collate "C" check (method in ('auto', 'manual')),
  period_from date not null,
  period_to date not null,
  due_on date not null,
  state text collate "C" not null check (state in ('due', 'done', 'overdue', 'exempt', 'waived')),
  required int not null,                  -- times within the period; hours for continuous monitoring
  found int not null default 0,
  evidence text,
  reason text,                            -- of an exemption or waiver
  clause text not null,
  done_at timestamptz,
  late boolean not null default false,
  overdue_at timestamptz,                 -- set once, kept when it is done late
  lead_id int,
  region_code int not null,
  owner_id int not null,
  updated_at timestamptz not null,
  unique (permit_id, key),
  check ((state = 'done') = (done_at is not null)),
  check (state <> 'overdue' or overdue_at is not null),
  check (state not in ('exempt', 'waived') or reason is not null)
);
create index permit_obligation_by_day on permit_obligation (due_on, id);
create index permit_obligation_by_enterprise on permit_obligation (enterprise_id, due_on);
create index permit_obligation_open on permit_obligation (due_on) where state = 'due';

create table self_monitoring_result (
  id int generated always as identity primary key,
  permit_id int not null references feature on delete cascade,
  outlet_number text collate "C" not null,
  factor text collate "C" not null,
  sampled_on date not null,
  value double precision not null,
  unit text not null,
  flow_m3_per_h double precision,
  laboratory text,
  reference text not null,
  region_code int not null,
  owner_id int not null,
  submitted_at timestamptz not null,
  submitted_by int not null,
  unique (permit_id, outlet_number, factor, sampled_on, reference)
);

-- A report that is sent again is a new revision; the former one stays.
create table execution_report (
  id int generated always as identity primary key,
  permit_id int not null references feature on delete cascade,
  enterprise_id int references feature on delete set null,
  period text collate "C" not null check (period in ('year', 'quarter', 'month')),
  period_from date not null,
  period_to date not null check (period_to >= period_from),
  revision int not null,
  submitted_at timestamptz not null,
  submitted_by int not null,
  origin text collate "C" not null check (origin in ('submitted', 'imported')),
  totals jsonb not null,
  ledger_kept boolean not null,
  note text,
  findings jsonb not null,
  region_code int not null,
  owner_id int not null,
  unique (permit_id, period, period_from, revision)
);
create index execution_report_by_time on execution_report (submitted_at desc, id desc);

create table execution_report_row (
  report_id int not null references execution_report on delete cascade,
  outlet_number text collate "C" not null,
  month text collate "C" not null check (month ~ '^\d{4}-\d{2}$'),
  pollutant text collate "C" not null,
  tonnes double precision not null check (tonnes >= 0),
  region_code int not null,
  owner_id int not null,
  primary key (report_id, outlet_number, month, pollutant)
);

do $$
declare
  kept text;
begin
  foreach kept in array array['permit_obligation', 'self_monitoring_result', 'execution_report', 'execution_report_row'] loop
    execute format('alter table %I enable row level security', kept);
    execute format(
      'create policy read on %I for select to shanshui_app using (
         region_code <@ nullif(current_setting(''app.regions'', true), '''')::int4multirange
         and (current_setting(''app.owner'', true) = ''any''
              or owner_id = nullif(nullif(current_setting(''app.owner'', true), ''any''), '''')::int))', kept);
    execute format(
      'create policy make on %I for insert to shanshui_app with check (
         region_code <@ nullif(current_setting(''app.regions'', true), '''')::int4multirange
         and (current_setting(''app.owner'', true) = ''any''
              or owner_id = nullif(nullif(current_setting(''app.owner'', true), ''any''), '''')::int))', kept);
  end loop;
end
$$;
create policy change on permit_obligation for update to shanshui_app using (
  region_code <@ nullif(current_setting('app.regions', true), '')::int4multirange
  and (current_setting('app.owner', true) = 'any'
       or owner_id = nullif(nullif(current_setting('app.owner', true), 'any'), '')::int));
revoke delete on permit_obligation from shanshui_app;
revoke update, delete on self_monitoring_result, execution_report, execution_report_row from shanshui_app;
