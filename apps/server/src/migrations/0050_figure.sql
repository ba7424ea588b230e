-- Figures: a value with unit and basis, the only thing a report may print.
-- report_id 0 is the live figure; a frozen report has its own copies, which nothing changes any more.
create table figure (
  id int generated always as identity primary key,
  key text collate "C" not null,           -- indicator|subject|period|edition|sand|stations
  report_id int not null default 0,
  indicator text collate "C" not null,
  subject_id int not null references feature,
  subject_name text not null,
  title text not null,
  period_from date not null,
  period_to date not null check (period_to >= period_from),
  edition text collate "C" not null,
  sand text collate "C" not null check (sand in ('with', 'without')),
  stations int[],                          -- null: the city as published
  point_ids int[] not null,                -- whose days it is calculated from; empty: from other figures
  exact double precision,                  -- unrounded; null: the standard gives no value
  value double precision,
  text text not null,
  unit text not null,
  decimals int not null,
  note text,
  inputs int not null,                     -- number of day values behind it
  basis jsonb not null,
  digest text collate "C" not null,        -- SHA-256 of the inputs
  state text collate "C" not null check (state in ('fresh', 'stale', 'frozen')),
  stale_cause text,
  computed_at timestamptz not null,
  region_code int not null,
  owner_id int not null,
  unique (key, report_id),
  check ((state = 'frozen') = (report_id <> 0))
);
create index figure_by_days on figure using gin (point_ids) where report_id = 0;
create index figure_by_subject on figure (subject_id, period_to desc);
create index figure_stale on figure (id) where state = 'stale';

create table figure_dependency (
  figure_id int not null references figure on delete cascade,
  on_id int not null references figure on delete cascade,
  primary key (figure_id, on_id)
);
create index figure_dependents on figure_dependency (on_id);

-- Values that a recomputation replaced.
create table figure_history (
  figure_id int not null references figure on delete cascade,
  computed_at timestamptz not null,        -- when the replaced value was computed
  replaced_at timestamptz not null,
  exact double precision,
  value double precision,
  text text not null,
  digest text collate "C" not null,
  cause text not null,
  primary key (figure_id, replaced_at)
);

-- A frozen figure is evidence of what was printed.
create function refuse_change_of_frozen_figure() returns trigger language plpgsql as $$
begin
  raise exception 'figure % is frozen with report %', old.id, old.report_id using errcode = 'restrict_violation';
end
$$;
create trigger figure_frozen before update or delete on figure
  for each row when (old.state = 'frozen') execute function refuse_change_of_frozen_figure();

alter table figure enable row level security;
create policy scope on figure for select to shanshui_app using (
  owner_id = 0
  or (region_code <@ nullif(current_setting('app.regions', true), '')::int4multirange
      and (current_setting('app.owner', true) = 'any'
           or owner_id = nullif(nullif(current_setting('app.owner', true), 'any'), '')::int)));
-- Figures are made by the engine as owner of the tables: a value never depends on who asks.
revoke insert, update, delete on figure, figure_dependency, figure_history from shanshui_app;
