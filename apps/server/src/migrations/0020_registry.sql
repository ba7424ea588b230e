-- Regions, and features: things in the real world with a place. Geometry is GeoJSON with its box in columns.
create table region (
  code int primary key check (code between 100000 and 999999),   -- GB/T 2260
  name text not null,
  level text not null check (level in ('province', 'city', 'county', 'town', 'park')),
  parent_code int references region on delete restrict,
  lon double precision,                   -- label point
  lat double precision,
  boundary jsonb,                         -- GeoJSON Polygon or MultiPolygon
  updated_at timestamptz not null default now()
);

create table feature (
  id int generated always as identity primary key,
  kind text collate "C" not null,
  code text collate "C" not null,
  name text not null,
  region_code int not null,
  owner_id int not null default 0,        -- organization; 0 is public data
  lon double precision check (lon between -180 and 180),
  lat double precision check (lat between -90 and 90),
  geometry jsonb,
  west double precision, south double precision, east double precision, north double precision,
  properties jsonb not null default '{}',
  valid_from date,
  valid_to date,
  version int not null default 1,
  updated_at timestamptz not null default now(),
  updated_by int,
  unique (kind, code),
  check (valid_to is null or valid_from is null or valid_to >= valid_from)
);
create index feature_by_region on feature (region_code);

-- The versions that were replaced; the present one is in feature.
create table feature_history (
  feature_id int not null references feature on delete cascade,
  version int not null,
  region_code int not null,
  owner_id int not null,
  changed_at timestamptz not null,        -- when this version came into being
  changed_by int,
  replaced_at timestamptz not null default now(),
  row jsonb not null,
  primary key (feature_id, version)
);

alter table feature enable row level security;
alter table feature_history enable row level security;
-- Everybody who is logged in reads public data; writing it takes the region and, for other owners, the scope `any`.
create policy read on feature for select to shanshui_app using (owner_id = 0 or (
  region_code <@ nullif(current_setting('app.regions', true), '')::int4multirange
  and case when current_setting('app.owner', true) = 'any' then true
      else owner_id = nullif(current_setting('app.owner', true), '')::int end));
create policy make on feature for insert to shanshui_app with check (
  region_code <@ nullif(current_setting('app.regions', true), '')::int4multirange
  and case when current_setting('app.owner', true) = 'any' then true
      else owner_id = nullif(current_setting('app.owner', true), '')::int end);
create policy change on feature for update to shanshui_app using (
  region_code <@ nullif(current_setting('app.regions', true), '')::int4multirange
  and case when current_setting('app.owner', true) = 'any' then true
      else owner_id = nullif(current_setting('app.owner', true), '')::int end);
create policy read on feature_history for select to shanshui_app using (owner_id = 0 or (
  region_code <@ nullif(current_setting('app.regions', true), '')::int4multirange
  and case when current_setting('app.owner', true) = 'any' then true
      else owner_id = nullif(current_setting('app.owner', true), '')::int end));
create policy make on feature_history for insert to shanshui_app with check (
  region_code <@ nullif(current_setting('app.regions', true), '')::int4multirange
  and case when current_setting('app.owner', true) = 'any' then true
      else owner_id = nullif(current_setting('app.owner', true), '')::int end);
revoke delete on feature from shanshui_app;
revoke update, delete on feature_history from shanshui_app;
revoke insert, update, delete on region from shanshui_app;
