-- Accounting by factor, the rules of the three ledgers, and where they diverge.
create table accounting_entry (
  id int generated always as identity primary key,
  outlet_id int not null references feature on delete cascade,
  pollutant text collate "C" not null,
  month text collate "C" not null check (month ~ '^\d{4}-\d{2}$'),
  revision int not null,                  -- the newest counts; the former ones stay
  activity double precision not null check (activity >= 0),
  activity_unit text not null,
  coefficient_kg_per_unit double precision not null check (coefficient_kg_per_unit >= 0),
  removal_percent double precision not null check (removal_percent between 0 and 100),
  reference text not null,
  coefficient_status text collate "C" not null check (coefficient_status in ('verified', 'unverified')),
  tonnes double precision not null check (tonnes >= 0),
  formula text not null,
  region_code int not null,
  owner_id int not null,
  updated_at timestamptz not null,
  updated_by int not null,
  unique (outlet_id, pollutant, month, revision)
);

-- Rows that replace a default of the platform; without a row the default holds.
create table tonnage_rule (
  key text collate "C" primary key,
  value double precision not null check (value >= 0),
  source text not null,
  status text collate "C" not null check (status in ('verified', 'unverified', 'design')),
  updated_at timestamptz not null,
  updated_by int not null
);

create table ledger_divergence (
  outlet_id int not null references feature on delete cascade,
  pollutant text collate "C" not null,
  month text collate "C" not null,
  divergence double precision not null,
  between_ledgers text not null,
  lead_id int,
  region_code int not null,
  owner_id int not null,
  found_at timestamptz not null,
  primary key (outlet_id, pollutant, month)
);

do $$
declare
  kept text;
begin
  foreach kept in array array['accounting_entry', 'ledger_divergence'] loop
    execute format('alter table %I enable row level security', kept);
    execute format(
      'create policy read on %I for select to shanshui_app using (
         region_code <@ nullif(current_setting(''app.regions'', true), '''')::int4multirange
         and (current_setting(''app.owner'', true) = ''any''
              or owner_id = nullif(nullif(current_setting(''app.owner'', true), ''any''), '''')::int))', kept);
  end loop;
end
$$;
create policy make on accounting_entry for insert to shanshui_app with check (
  region_code <@ nullif(current_setting('app.regions', true), '')::int4multirange
  and (current_setting('app.owner', true) = 'any'
       or owner_id = nullif(nullif(current_setting('app.owner', true), 'any'), '')::int));
revoke update, delete on accounting_entry from shanshui_app;
revoke insert, update, delete on ledger_divergence from shanshui_app;
