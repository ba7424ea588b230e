-- Leads (线索): something that may be wrong, until a person decides or the condition ends.
-- At most one is open for an object, a rule and a factor: the partial unique index says so, whoever writes.
create table lead (
  id int generated always as identity primary key,
  feature_id int not null references feature,
  enterprise_id int references feature,
  rule_id text collate "C" not null,
  factor text collate "C" not null default '',         -- '': not about one factor
  region_code int not null,
  owner_id int not null,
  operator text,                                       -- who runs the equipment, at the time of opening
  state text collate "C" not null check (state in ('open', 'acknowledged', 'watching', 'confirmed', 'dismissed', 'calmed')),
  active boolean not null generated always as (state in ('open', 'acknowledged', 'watching')) stored,
  level text collate "C" not null check (level in ('high', 'medium', 'watch')),
  weight double precision not null check (weight > 0 and weight <= 0.6),
  score double precision not null check (score > 0 and score <= 1),
  low_since timestamptz,                               -- the score has been of a lower level since then
  from_at timestamptz not null,
  to_at timestamptz not null,
  occurrences int not null default 0,
  statistic jsonb not null,
  threshold text not null,
  n int not null,
  explanation text not null,
  refutation text not null,
  openings int not null default 1,
  opened_at timestamptz not null,
  changed_at timestamptz not null,
  acknowledged_at timestamptz,
  acknowledged_by int,
  decided_at timestamptz,
  decided_by int,
  due_at timestamptz,
  remind_at timestamptz,                               -- next reminder
  escalation int not null default 0,
  quiet_since timestamptz,                             -- the condition has not held since then
  ended_at timestamptz,                                -- a decided lead whose condition has ended
  outcome text collate "C" check (outcome in ('confirmed', 'not-confirmed')),
  outcome_grounds text,
  outcome_at timestamptz,
  dismissal text collate "C",
  version int not null default 1,
  check (to_at >= from_at)
);
create unique index lead_one_open on lead (feature_id, rule_id, factor) where active;
create index lead_by_key on lead (feature_id, rule_id, factor, id);
create index lead_by_rank on lead (active, score desc, id desc);
create index lead_all_by_rank on lead (score desc, id desc);
create index lead_by_time on lead (opened_at desc, id desc);
create index lead_by_plant on lead (enterprise_id, active, score desc, id desc);
create index lead_by_rule on lead (rule_id, opened_at);
create index lead_remind on lead (remind_at) where remind_at is not null;
create index lead_quiet on lead (quiet_since) where active and quiet_since is not null;

-- The stretches of time in which the condition held; they do not overlap within a lead.
create table lead_occurrence (
  lead_id int not null references lead on delete cascade,
  from_at timestamptz not null,
  to_at timestamptz not null check (to_at >= from_at),
  region_code int not null,
  owner_id int not null,
  score double precision not null,
  statistic jsonb not null,
  threshold text not null,
  n int not null,
  explanation text not null,
  refutation text not null,
  hours timestamptz[] not null,
  msgs bigint[] not null,
  raised_at timestamptz not null,
  primary key (lead_id, from_at)
);

create table lead_history (
  id bigint generated always as identity primary key,
  lead_id int not null references lead on delete cascade,
  region_code int not null,
  owner_id int not null,
  at timestamptz not null,
  action text collate "C" not null,
  by_user int,
  note text,
  state_from text collate "C",
  state_to text collate "C",
  command_id text collate "C"
);
create index lead_history_of on lead_history (lead_id, id);
-- A command given twice is carried out once.
create unique index lead_command_once on lead_history (lead_id, command_id) where command_id is not null;

do $$
declare
  t text;
begin
  foreach t in array array['lead', 'lead_occurrence', 'lead_history'] loop
    execute format('alter table %I enable row level security', t);
    -- Leads are the bureau's: who sees one organisation's data only sees none of them.
    execute format(
      'create policy read on %I for select to shanshui_app using (
         region_code <@ nullif(current_setting(''app.regions'', true), '''')::int4multirange
         and current_setting(''app.owner'', true) = ''any'')', t);
    execute format(
      'create policy change on %I for update to shanshui_app using (
         region_code <@ nullif(current_setting(''app.regions'', true), '''')::int4multirange
         and current_setting(''app.owner'', true) = ''any'')', t);
  end loop;
end
$$;
create policy make on lead_history for insert to shanshui_app with check (
  region_code <@ nullif(current_setting('app.regions', true), '')::int4multirange
  and current_setting('app.owner', true) = 'any');
revoke insert, delete on lead from shanshui_app;
revoke insert, update, delete on lead_occurrence from shanshui_app;
revoke update, delete on lead_history from shanshui_app;
