-- Who complained, sealed (AES-256-GCM, key outside the database). Requests may add a row and never read one:
-- the platform opens it for a look that is on record (docs/adr/0016-complainants-sealed.md).
create table complainant (
  complaint_id int primary key references complaint,
  key_id text collate "C" not null,
  sealed bytea not null,
  kept_at timestamptz not null
);
revoke all on complainant from shanshui_app;
grant insert on complainant to shanshui_app;

create table complainant_look (
  id int generated always as identity primary key,
  complaint_id int not null references complaint,
  region_code int not null,
  owner_id int not null,
  user_id int not null,
  organization_id int not null,
  at timestamptz not null,
  reason text not null check (length(reason) >= 4)
);
create index complainant_look_of on complainant_look (complaint_id, id desc);
alter table complainant_look enable row level security;
create policy read on complainant_look for select to shanshui_app using (
  user_id = nullif(current_setting('app.user_id', true), '')::int
  or (region_code <@ nullif(current_setting('app.regions', true), '')::int4multirange
      and current_setting('app.owner', true) = 'any'
      and (current_setting('app.permissions', true) like '%,audit:read,%'
           or current_setting('app.permissions', true) like '%,complaint:write,%')));
create policy make on complainant_look for insert to shanshui_app with check (
  user_id = nullif(current_setting('app.user_id', true), '')::int
  and organization_id = nullif(current_setting('app.organization', true), '')::int
  and current_setting('app.permissions', true) like '%,complainant:read,%'
  and current_setting('app.owner', true) = 'any'
  and current_setting('app.regions', true) is not null);
revoke update, delete on complainant_look from shanshui_app;
