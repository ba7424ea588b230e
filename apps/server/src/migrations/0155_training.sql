-- Training and drills (培训、演练): events, and who came. A person counts once an event.
create table training (
  id int generated always as identity primary key,
  kind text collate "C" not null check (kind in ('training', 'drill')),
  theme text collate "C" not null,
  title text not null,
  held_on date not null,
  hours double precision not null check (hours > 0),
  place text,
  teacher text,
  material text,
  drill jsonb,                             -- form, scenario, timeline, evaluation, problems
  organization_id int not null references organization,
  region_code int not null,
  version int not null default 1,
  withdrawn text,                          -- reason; the row stays
  updated_at timestamptz not null,
  updated_by int not null,
  check ((kind = 'drill') = (drill is not null))
);
create index training_by_day on training (held_on desc, id desc);

create table training_attendance (
  training_id int not null references training on delete cascade,
  -- Who it is: `u<id>` for a person of the platform, else body and name.
  person text not null,
  user_id int,
  name text not null,
  organization text not null,
  signed_in boolean not null default true,
  score double precision,
  certificate_until date,
  region_code int not null,
  primary key (training_id, person)
);
create index training_attendance_of on training_attendance (person);

do $$
declare
  t text;
begin
  foreach t in array array['training', 'training_attendance'] loop
    execute format('alter table %I enable row level security', t);
    execute format(
      'create policy everything on %I for all to shanshui_app using (
         region_code <@ nullif(current_setting(''app.regions'', true), '''')::int4multirange
         and current_setting(''app.owner'', true) = ''any''
         and current_setting(''app.permissions'', true) like ''%%,bureau:read,%%'')
       with check (
         region_code <@ nullif(current_setting(''app.regions'', true), '''')::int4multirange
         and current_setting(''app.owner'', true) = ''any''
         and current_setting(''app.permissions'', true) like ''%%,training:write,%%'')', t);
  end loop;
end
$$;
revoke delete on training from shanshui_app;
