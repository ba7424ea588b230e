-- HJ 212 gateway: who may send, what state they are in, what was refused, what was asked of them.
-- Local tables, small: never distributed.

create table hj212_station (
  mn text primary key check (length(mn) between 1 and 40),
  point_id int not null references feature (id),
  password text not null,
  dialect jsonb not null default '{}',
  enabled boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index hj212_station_point on hj212_station (point_id);

create table hj212_station_state (
  mn text primary key references hj212_station (mn) on delete cascade,
  first_frame_at timestamptz,
  last_frame_at timestamptz,
  last_data_at timestamptz,
  last_data_time timestamptz,
  data_advanced_at timestamptz,
  skew_ms bigint,
  address text,
  frames bigint not null default 0,
  duplicates bigint not null default 0,
  revised bigint not null default 0,
  quarantined bigint not null default 0
);

-- valid frames by station and clock hour of receipt: tells a broken link from a station that did not send
create table hj212_presence (
  mn text not null,
  hour timestamptz not null,
  frames int not null,
  primary key (mn, hour)
);

create table hj212_connection (
  id bigint generated always as identity primary key,
  instance text not null,
  number int not null,                -- of the connection in that run of the gateway
  address text not null,
  opened_at timestamptz not null,
  last_frame_at timestamptz,
  frames bigint not null default 0,
  bad_frames bigint not null default 0,
  mns text[] not null default '{}',
  closed_at timestamptz,
  close_reason text,
  unique (instance, number)
);
create index hj212_connection_open on hj212_connection (id) where closed_at is null;

-- one row a run of the gateway process; beat_at advances while it lives: a gap between runs is "platform down"
create table gateway_run (
  instance text primary key,
  started_at timestamptz not null,
  beat_at timestamptz not null,
  stopped_at timestamptz,
  address text,
  stats jsonb not null default '{}'
);
create index gateway_run_time on gateway_run (started_at);

create table hj212_quarantine (
  id bigint generated always as identity primary key,
  received_at timestamptz not null,
  mn text,
  address text,
  cn text,
  data_time timestamptz,
  reason text not null,
  detail text,
  anomalies text[] not null default '{}',
  msg bigint not null,
  bytes int not null,
  state text not null default 'open' check (state in ('open', 'released', 'dismissed')),
  decided_at timestamptz,
  decided_by text,
  decision_reason text
);
create unique index hj212_quarantine_msg on hj212_quarantine (msg);
create index hj212_quarantine_mn on hj212_quarantine (mn, data_time);
create index hj212_quarantine_open on hj212_quarantine (reason, mn) where state = 'open';

create table hj212_command (
  id int generated always as identity primary key,
  mn text not null references hj212_station (mn) on delete cascade,
  kind text not null check (kind in ('query-hours', 'query-minutes', 'query-days', 'read-time', 'set-time')),
  from_at timestamptz,
  to_at timestamptz,
  state text not null default 'queued' check (state in ('queued', 'sent', 'done', 'failed', 'expired')),
  automatic boolean not null default false,
  requested_by text not null,
  requested_at timestamptz not null,
  sent_at timestamptz,
  finished_at timestamptz,
  result text
);
create index hj212_command_queued on hj212_command (id) where state in ('queued', 'sent');
create index hj212_command_mn on hj212_command (mn, id desc);

-- how often a missing hour was asked for again: cooldown and cap
create table hj212_requery (
  mn text not null,
  hour timestamptz not null,
  attempts int not null,
  last_at timestamptz not null,
  primary key (mn, hour)
);

create table planned_stop (
  id int generated always as identity primary key,
  point_id int not null references feature (id),
  from_at timestamptz not null,
  to_at timestamptz not null,
  reason text not null,
  created_by text not null,
  created_at timestamptz not null,
  check (from_at < to_at)
);
create index planned_stop_point on planned_stop (point_id, from_at);

-- requests read all, register stations, queue commands, declare stops and decide on quarantined frames; the rest is
-- written by the gateway
revoke all on hj212_station, hj212_station_state, hj212_presence, hj212_connection, gateway_run, hj212_quarantine,
  hj212_command, hj212_requery, planned_stop from shanshui_app;
grant select on hj212_station, hj212_station_state, hj212_presence, hj212_connection, gateway_run,
  hj212_quarantine, hj212_command, hj212_requery, planned_stop to shanshui_app;
grant insert, update on hj212_station to shanshui_app;
grant insert on hj212_command, planned_stop to shanshui_app;
grant update (state, decided_at, decided_by, decision_reason) on hj212_quarantine to shanshui_app;
