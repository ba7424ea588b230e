-- Matters (事项): work on a problem, run by a workflow. The rows that hang on one are seen by whoever sees it.
create table matter (
  id int generated always as identity primary key,
  number text collate "C" not null unique,
  workflow text collate "C" not null,
  title text not null check (length(title) between 1 and 200),
  state text collate "C" not null,
  phase text collate "C" not null check (phase in ('open', 'watched', 'closed', 'dropped')),
  round int not null default 1,
  rebounds int not null default 0,
  region_code int not null,
  owner_id int not null default 0,         -- organization of the enterprise that it is about
  enterprise_id int references feature,
  feature_id int references feature,
  problem_id int references problem,
  parent_id int references matter,
  source text collate "C" not null,
  ref text,
  parties int[] not null,                  -- organizations that take part, without the enterprise that it is about
  shown_to_owner boolean not null,
  fields jsonb not null default '{}',
  look_back_on date,
  published boolean not null default false,
  opened_at timestamptz not null,
  opened_by int,
  recorded_at timestamptz not null,        -- when the newest step was entered; later than it for history from paper
  changed_at timestamptz not null,
  closed_at timestamptz,
  due_at timestamptz,                      -- the nearest limit that runs
  due_clock text collate "C",
  due_started_at timestamptz,
  due_provisional boolean not null default false,
  wake_at timestamptz,                     -- when the worker has to look at it
  handler_id int,
  command_id text collate "C",
  version int not null default 1
);
create index matter_by_change on matter (changed_at desc, id desc);
create index matter_by_workflow on matter (workflow, state, changed_at desc, id desc);
create index matter_by_phase on matter (phase, changed_at desc, id desc);
create index matter_by_due on matter (due_at, id) where due_at is not null;
create index matter_to_wake on matter (wake_at) where wake_at is not null;
create index matter_by_enterprise on matter (enterprise_id, changed_at desc, id desc);
create index matter_by_feature on matter (feature_id, changed_at desc, id desc);
create index matter_by_problem on matter (problem_id) where problem_id is not null;
create index matter_by_parent on matter (parent_id) where parent_id is not null;
create index matter_by_owner on matter (owner_id) where owner_id <> 0;
create index matter_by_look_back on matter (look_back_on) where phase = 'watched';
create unique index matter_command_once on matter (opened_by, command_id) where command_id is not null;

alter table matter enable row level security;
create policy read on matter for select to shanshui_app using (
  nullif(current_setting('app.organization', true), '')::int = any(parties)
  or (region_code <@ nullif(current_setting('app.regions', true), '')::int4multirange
      and current_setting('app.owner', true) = 'any'
      and current_setting('app.permissions', true) like '%,matter:oversee,%')
  or (shown_to_owner and owner_id = nullif(nullif(current_setting('app.owner', true), 'any'), '')::int));
create policy make on matter for insert to shanshui_app with check (
  region_code <@ nullif(current_setting('app.regions', true), '')::int4multirange
  and current_setting('app.owner', true) = 'any');
create policy change on matter for update to shanshui_app using (
  nullif(current_setting('app.organization', true), '')::int = any(parties)
  or (region_code <@ nullif(current_setting('app.regions', true), '')::int4multirange
      and current_setting('app.owner', true) = 'any'
      and current_setting('app.permissions', true) like '%,matter:oversee,%')
  or (shown_to_owner and owner_id = nullif(nullif(current_setting('app.owner', true), 'any'), '')::int));
revoke delete on matter from shanshui_app;

-- Who takes part, and who has to act now.
create table matter_party (
  matter_id int not null references matter,
  party text collate "C" not null check (party in ('overseer', 'handler', 'acceptor', 'reviewer', 'owner')),
  organization_id int not null references organization,
  user_id int references app_user,
  waiting boolean not null default false,
  primary key (matter_id, party)
);
create index matter_party_of on matter_party (organization_id, waiting, matter_id);

-- One run of a clock; the facts of the engine as rows.
create table matter_clock (
  matter_id int not null references matter,
  clock text collate "C" not null,
  round int not null,
  occurrence int not null,
  ordinal int not null,                    -- order in which they started
  started_at timestamptz not null,
  due_at timestamptz not null,
  provisional boolean not null,
  stops jsonb not null default '[]',       -- [{fromMs, toMs}]
  extensions jsonb not null default '[]',  -- [{transition, by}]
  ended_at timestamptz,
  reached int[] not null default '{}',
  primary key (matter_id, clock, round, occurrence)
);
create index matter_clock_running on matter_clock (due_at) where ended_at is null;

-- A level of a clock is told once: this row says so, whoever writes.
create table matter_escalation (
  matter_id int not null references matter,
  clock text collate "C" not null,
  round int not null,
  occurrence int not null,
  level int not null,
  due_at timestamptz not null,             -- when it came
  told_at timestamptz not null,
  silent boolean not null default false,   -- it came before the step was entered: history, not news
  primary key (matter_id, clock, round, occurrence, level)
);

-- The history, sealed: every entry carries the hash of the one before it in the same matter.
create table matter_step (
  matter_id int not null references matter,
  seq int not null,
  kind text collate "C" not null check (kind in ('step', 'assign', 'comment', 'escalate', 'clock', 'move')),
  transition text collate "C" not null,
  state_from text collate "C" not null,
  state_to text collate "C" not null,
  at timestamptz not null,
  recorded_at timestamptz not null,
  user_id int,
  organization_id int,
  round int not null,
  reason text,
  detail jsonb not null default '{}',      -- fields and parties that were set, the clock that moved
  command_id text collate "C",
  prev_hash bytea not null,
  hash bytea not null,
  primary key (matter_id, seq)
);
create unique index matter_command_of on matter_step (matter_id, command_id) where command_id is not null;

-- What the hash covers, as text that any tool can rebuild.
create function matter_step_payload(s matter_step) returns text language sql immutable as $$
  select jsonb_build_array(s.matter_id, s.seq, s.kind, s.transition, s.state_from, s.state_to,
    (extract(epoch from s.at) * 1000000)::bigint, (extract(epoch from s.recorded_at) * 1000000)::bigint,
    s.user_id, s.organization_id, s.round, s.reason, s.detail, s.command_id)::text
$$;

-- The caller holds the lock of the matter's row; the key refuses whoever does not.
create function seal_matter_step() returns trigger language plpgsql as $$
declare
  last record;
begin
  select seq, hash into last from matter_step where matter_id = new.matter_id order by seq desc limit 1;
  new.seq := coalesce(last.seq, 0) + 1;
  new.prev_hash := coalesce(last.hash, '\x'::bytea);
  new.hash := sha256(new.prev_hash || convert_to(matter_step_payload(new), 'UTF8'));
  return new;
end
$$;
create trigger seal before insert on matter_step for each row execute function seal_matter_step();

do $$
declare
  t text;
begin
  foreach t in array array['matter_clock', 'matter_escalation', 'matter_step'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy of_matter on %I to shanshui_app
      using (exists (select from matter m where m.id = matter_id))', t);
  end loop;
end
$$;
alter table matter_party enable row level security;
-- One's own place is seen without a look at the matter: the list of what waits for an organization stays quick.
create policy of_matter on matter_party to shanshui_app using (
  organization_id = nullif(current_setting('app.organization', true), '')::int
  or exists (select from matter m where m.id = matter_id));
revoke update, delete on matter_step, matter_escalation from shanshui_app;
revoke delete on matter_clock from shanshui_app;

-- How many matters treat a problem, for everybody who sees the problem, whoever moves the matter.
create function matter_counts() returns trigger
language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  update problem p set matters = n.matters, open_matters = n.open
    from (select count(*)::int as matters, (count(*) filter (where phase = 'open'))::int as open
            from matter where problem_id = new.problem_id) n
   where p.id = new.problem_id;
  return null;
end
$$;
create trigger counts_made after insert on matter for each row when (new.problem_id is not null)
  execute function matter_counts();
create trigger counts_changed after update of phase, problem_id on matter for each row
  when (new.problem_id is not null and (old.phase is distinct from new.phase or old.problem_id is distinct from new.problem_id))
  execute function matter_counts();

-- What a step brings in other rooms and is carried out by the worker as the platform, once: the outcome of a lead.
create table matter_effect (
  id int generated always as identity primary key,
  matter_id int not null references matter,
  seq int not null,                        -- the step that brought it
  effect jsonb not null,
  failures int not null default 0,
  next_at timestamptz not null default '-infinity',
  error text,
  unique (matter_id, seq, effect)
);
revoke all on matter_effect from shanshui_app;
grant insert on matter_effect to shanshui_app;
alter table matter_effect enable row level security;
create policy make on matter_effect for insert to shanshui_app with check (exists (select from matter m where m.id = matter_id));
