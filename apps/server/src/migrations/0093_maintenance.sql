-- The operator's maintenance ledger (运维台账): written once, withdrawn with a reason, never changed.
create table maintenance_record (
  id int generated always as identity primary key,
  outlet_id int not null,
  region_code int not null,
  owner_id int not null,
  kind text collate "C" not null check (kind in ('routine', 'calibration', 'verification', 'repair', 'standard-check',
    'comparison', 'parameter-change')),
  factor text collate "C",
  from_ts timestamptz not null,
  to_ts timestamptz not null check (to_ts >= from_ts),
  technician text not null,
  company text,
  content text not null,
  passed boolean,
  verdict text,
  verdict_status text collate "C" check (verdict_status in ('primary', 'verified', 'unverified', 'design')),
  zero_drift double precision,             -- % of full scale
  span_drift double precision,
  pairs jsonb not null default '[]',
  parameter jsonb,
  written_by int not null,
  written_by_name text not null,
  written_at timestamptz not null,
  withdrawn_by int,
  withdrawn_by_name text,
  withdrawn_at timestamptz,
  withdrawn_reason text
);
create index maintenance_by_outlet on maintenance_record (outlet_id, to_ts desc, id desc);
create index maintenance_newest on maintenance_record (from_ts desc, id desc);

alter table maintenance_record enable row level security;
create policy scope on maintenance_record for select to shanshui_app using (
  owner_id = 0
  or (region_code <@ nullif(current_setting('app.regions', true), '')::int4multirange
      and (current_setting('app.owner', true) = 'any'
           or owner_id = nullif(nullif(current_setting('app.owner', true), 'any'), '')::int)));
revoke insert, update, delete on maintenance_record from shanshui_app;
