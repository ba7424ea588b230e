-- What field machines say of themselves (HJ 212-2017 tables B.8-B.10, commands 3020, 2021; 2025: 2013, 1001): range,
-- slope, intercept, states. One row is one change: a repetition of what is known adds nothing. Rebuilt by a replay.
-- pol_id: factor of the instrument, '' for the logger, the outlet or a facility.
create table device_info (
  id bigint generated always as identity primary key,
  point_id int not null,
  region_code int not null,
  owner_id int not null,
  mn text collate "C" not null,
  pol_id text collate "C" not null,
  code text collate "C" not null,
  at timestamptz not null,
  value text not null,
  msg bigint not null,
  unique (point_id, mn, pol_id, code, at)
);
create index device_info_time on device_info (point_id, at);

alter table device_info enable row level security;
create policy scope on device_info for select to shanshui_app using (
  owner_id = 0
  or (region_code <@ nullif(current_setting('app.regions', true), '')::int4multirange
      and (current_setting('app.owner', true) = 'any'
           or owner_id = nullif(nullif(current_setting('app.owner', true), 'any'), '')::int)));
revoke all on device_info from shanshui_app;
grant select on device_info to shanshui_app;
