-- Complaints (信访举报): tickets with their own number, each the child of a problem, each treated by a matter.
-- State, limits and outcome are the matter's and are read there. Nothing here tells who complained: that is sealed in
-- `complainant`, which requests cannot read at all.
create table complaint (
  id int generated always as identity primary key,
  number text collate "C" not null unique,
  region_code int not null,
  owner_id int not null,                               -- organization of the enterprise complained of; 0: none
  channel text collate "C" not null check (channel in ('12345', '12369', 'web', 'wechat', 'letter', 'visit', 'superior')),
  outer_number text collate "C",
  platform_number text collate "C",
  title text not null,
  content text not null,
  theme text collate "C" not null,
  urgency text collate "C" not null check (urgency in ('urgent', 'ordinary', 'consultation')),
  nature text collate "C" not null,
  named boolean not null,
  campaign text,
  place text,
  lon double precision,
  lat double precision,
  enterprise_id int references feature on delete set null,
  accused text,                                        -- name as the citizen wrote it
  occurred_on date,
  received_at timestamptz not null,
  registered_at timestamptz not null,
  registered_by int,                                   -- null: the public form
  problem_id int references problem,
  matter_id int references matter,
  merged_into int references complaint,
  repeats int not null default 0,                      -- earlier ones of the same place and theme when it came in
  answers jsonb not null default '[]',                 -- told to this complainant besides the answer of the matter
  look_up_hash bytea,                                  -- sha256 of the citizen's code; null: not from the public form
  command_id text collate "C",
  version int not null default 1,
  check ((lon is null) = (lat is null)),
  check (merged_into is distinct from id)
);
create unique index complaint_outer_once on complaint (channel, outer_number) where outer_number is not null;
create unique index complaint_command_once on complaint (registered_by, command_id) where command_id is not null;
create index complaint_by_time on complaint (received_at desc, id desc);
create index complaint_by_matter on complaint (matter_id);
create index complaint_by_problem on complaint (problem_id);
create index complaint_children on complaint (merged_into) where merged_into is not null;
create index complaint_by_enterprise on complaint (enterprise_id, received_at desc);

alter table complaint enable row level security;
-- The bureau's own, by region and permission; others only where they take part. The enterprise complained of never is.
create policy read on complaint for select to shanshui_app using (
  current_setting('app.permissions', true) like '%,complaint:read,%'
  and ((region_code <@ nullif(current_setting('app.regions', true), '')::int4multirange
        and current_setting('app.owner', true) = 'any')
       or exists (select from matter_party p
                   where p.matter_id = complaint.matter_id and p.party <> 'owner'
                     and p.organization_id = nullif(current_setting('app.organization', true), '')::int)));
create policy change on complaint for update to shanshui_app using (
  current_setting('app.permissions', true) like '%,complaint:write,%'
  and region_code <@ nullif(current_setting('app.regions', true), '')::int4multirange
  and current_setting('app.owner', true) = 'any');
create policy make on complaint for insert to shanshui_app with check (
  current_setting('app.permissions', true) like '%,complaint:write,%'
  and region_code <@ nullif(current_setting('app.regions', true), '')::int4multirange
  and current_setting('app.owner', true) = 'any');
revoke delete on complaint from shanshui_app;
