-- Days off and worked weekends of the years, by the State Council's notices; the delivered years come from the standards.
create table working_calendar (
  year int primary key check (year between 2000 and 2100),
  days_off jsonb not null,                 -- [["2026-01-01", "2026-01-03"], …]
  worked jsonb not null,                   -- ["2026-01-04", …]
  source text not null,
  status text collate "C" not null check (status in ('primary', 'one-source', 'unverified', 'design')),
  version int not null default 1,
  updated_at timestamptz not null,
  updated_by int
);
revoke insert, update, delete on working_calendar from shanshui_app;
