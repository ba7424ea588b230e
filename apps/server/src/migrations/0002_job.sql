-- Long work with progress, cancellation and resumption. The table is the queue: a job is enqueued in the
-- transaction that caused it, and claimed with SKIP LOCKED.
create table job (
  id int generated always as identity primary key,
  name text not null,
  input jsonb not null,
  state text not null default 'queued' check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
  progress double precision not null default 0,
  total double precision,
  message text,
  result jsonb,
  error jsonb,
  checkpoint jsonb,                       -- where to go on after a restart
  created_by int,                         -- null: the system
  created_by_name text,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  cancel_requested boolean not null default false,
  attempts int not null default 0,
  worker text,                            -- process that runs it
  heartbeat_at timestamptz
);
create index job_open on job (id) where state in ('queued', 'running');
create index job_by_creator on job (created_by, id desc);
