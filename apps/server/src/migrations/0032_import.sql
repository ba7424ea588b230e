-- File imports: what was uploaded, what came of it, which lines could not be read.

create table import_file (
  id int generated always as identity primary key,
  job_id int,
  kind text not null check (kind in ('air-hours', 'peer-indexes')),
  file_name text not null,
  hour_label text not null default 'end' check (hour_label in ('end', 'start')),
  bytes bigint not null,
  sha256 text not null,
  state text not null default 'queued' check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
  layout text,
  encoding text,
  header text,
  lines int not null default 0,
  lines_total int,
  row_count int not null default 0,
  inserted int not null default 0,
  revised int not null default 0,
  unchanged int not null default 0,
  error_lines int not null default 0,
  unknown_codes text[] not null default '{}',
  points jsonb,                       -- code → point, fixed at the first run so that a resumed run reads the same rows
  message text,
  block bigint not null,
  uploaded_by text not null,
  uploaded_at timestamptz not null,
  finished_at timestamptz
);

create table import_error (
  import_id int not null references import_file (id) on delete cascade,
  line int not null,
  col text not null,
  value text not null,
  reason text not null,
  line_text text,
  primary key (import_id, line, col)
);

-- indexes that other cities publish (对标城市综合指数); the journal holds every file they came from
create table peer_index (
  city_id int not null references feature (id),
  period_from date not null,
  period_to date not null,
  composite double precision,
  pm25 double precision,
  pm10 double precision,
  so2 double precision,
  no2 double precision,
  co double precision,
  o3 double precision,
  excellent_ratio double precision,
  rev int not null default 1,
  msg bigint not null,
  updated_at timestamptz not null,
  primary key (city_id, period_from, period_to),
  check (period_from <= period_to)
);

create table peer_index_rev (
  city_id int not null,
  period_from date not null,
  period_to date not null,
  rev int not null,
  composite double precision,
  pm25 double precision,
  pm10 double precision,
  so2 double precision,
  no2 double precision,
  co double precision,
  o3 double precision,
  excellent_ratio double precision,
  msg bigint not null,
  replaced_at timestamptz not null,
  primary key (city_id, period_from, period_to, rev)
);

revoke all on import_file, import_error, peer_index, peer_index_rev from shanshui_app;
grant select on import_file, import_error, peer_index, peer_index_rev to shanshui_app;
grant insert, update on import_file to shanshui_app;
