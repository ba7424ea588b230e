-- Pools of the double random inspection, ceilings and the positive list: one row a unit. Draws are kept so that
-- anybody can repeat them.
create table inspection_unit (
  enterprise_id int primary key references feature on delete cascade,
  region_code int not null,
  kind text collate "C" not null check (kind in ('key', 'general', 'special')),
  reason text not null,
  special_reason text collate "C" check (special_reason in ('confirmed-leads', 'complaints', 'supervision', 'by-hand')),
  by_hand boolean not null default false,
  risk int not null default 0 check (risk between 0 and 100),
  risk_parts jsonb not null default '[]',
  -- ceiling of visits in a year, when the bureau published one for the unit; otherwise that of its pool
  cap int check (cap between 0 and 366),
  cap_source text,
  positive_from date,
  positive_to date check (positive_to >= positive_from),
  positive_reason text,
  built_at timestamptz not null,
  check ((cap is null) = (cap_source is null)),
  check ((positive_from is null) = (positive_to is null))
);
create index inspection_unit_by_region on inspection_unit (region_code, kind, enterprise_id);

create table inspection_draw (
  id int generated always as identity primary key,
  number text collate "C" not null unique,
  region_code int not null,
  kind text collate "C" not null check (kind in ('key', 'general', 'special')),
  quarter text collate "C" not null check (quarter ~ '^\d{4}-Q[1-4]$'),
  state text collate "C" not null check (state in ('drawn', 'frozen', 'published')),
  rate double precision,
  quota int not null,
  settings jsonb not null,                             -- what both draws were asked: rate or quota, randomness, time
  pool jsonb not null,                                 -- the frozen pool of units
  officers jsonb not null,                             -- the frozen pool of officers, with whom they must not inspect
  units jsonb not null,                                -- answer of the draw of units
  pairs jsonb not null,                                -- answer of the draw of officers
  drawn_at timestamptz not null,
  drawn_by int not null,
  frozen_at timestamptz,
  published_at timestamptz,
  publish_by date,
  command_id text collate "C" unique,
  version int not null default 1
);
create index inspection_draw_by_region on inspection_draw (region_code, id);
create table inspection_drawn (
  draw_id int not null references inspection_draw on delete cascade,
  enterprise_id int not null references feature on delete restrict,
  region_code int not null,
  year int not null,
  position int not null,
  officers int[] not null,
  reserve_officer int,
  primary key (draw_id, enterprise_id)
);
create index inspection_drawn_by_unit on inspection_drawn (enterprise_id, year);

do $$
declare
  t text;
begin
  foreach t in array array['inspection_unit', 'inspection_draw', 'inspection_drawn'] loop
    execute format('alter table %I enable row level security', t);
    execute format(
      'create policy bureau on %I for all to shanshui_app using (
         region_code <@ nullif(current_setting(''app.regions'', true), '''')::int4multirange
         and current_setting(''app.owner'', true) = ''any''
         and current_setting(''app.permissions'', true) like ''%%,inspection:read,%%'')', t);
  end loop;
end
$$;
revoke delete on inspection_draw from shanshui_app;
revoke update, delete on inspection_drawn from shanshui_app;
