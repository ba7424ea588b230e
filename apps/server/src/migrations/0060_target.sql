-- Targets: an indicator, a value to reach, a year, an owner.
create table target (
  id int generated always as identity primary key,
  title text not null,
  indicator text collate "C" not null,
  subject_id int not null references feature,
  year int not null check (year between 1990 and 2100),
  comparison text collate "C" not null check (comparison in ('<=', '>=', '=', '<', '>')),
  reach double precision not null,
  edition text collate "C",                -- null: by the date of the data
  owner_organization_id int references organization on delete set null,
  source text,
  note text,
  region_code int not null,
  owner_id int not null,
  version int not null default 1,
  updated_at timestamptz not null,
  updated_by int,
  unique (indicator, subject_id, year)
);

alter table target enable row level security;
create policy read on target for select to shanshui_app using (
  owner_id = 0
  or (region_code <@ nullif(current_setting('app.regions', true), '')::int4multirange
      and (current_setting('app.owner', true) = 'any'
           or owner_id = nullif(nullif(current_setting('app.owner', true), 'any'), '')::int)));
-- Writing takes the region.
create policy make on target for insert to shanshui_app with check (
  region_code <@ nullif(current_setting('app.regions', true), '')::int4multirange);
create policy change on target for update to shanshui_app using (
  region_code <@ nullif(current_setting('app.regions', true), '')::int4multirange);
create policy remove on target for delete to shanshui_app using (
  region_code <@ nullif(current_setting('app.regions', true), '')::int4multirange);
