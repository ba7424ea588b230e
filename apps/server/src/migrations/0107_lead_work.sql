-- Work of the lead engine; only the owner of the tables reads and writes here.

-- What changed and has not been looked at yet. Written in a transaction of its own before the work begins, taken out
-- in the transaction that raises: a killed process leaves it for the next.
create table lead_queue (
  id bigint generated always as identity primary key,
  outlet_id int not null,
  from_at timestamptz not null,
  to_at timestamptz not null
);

-- Dead-man timers: when a factor of an outlet is to be missed. A row, so that a restart forgets nothing.
create table lead_timer (
  rule_id text collate "C" not null,
  feature_id int not null,
  factor text collate "C" not null,
  last_seen_at timestamptz not null,      -- end of the newest hour (or time of the newest minute) with a value
  due_at timestamptz not null,
  fired boolean not null default false,
  primary key (rule_id, feature_id, factor)
);
create index lead_queue_of on lead_queue (outlet_id);
create index lead_timer_due on lead_timer (due_at) where not fired;

-- Days whose windows have been handed to the scan: one job a day, however many processes run.
create table lead_scan_day (day date primary key, job_id int not null);
revoke all on lead_queue, lead_timer, lead_scan_day from shanshui_app;
