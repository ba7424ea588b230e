-- Marks that people set on outlets. Every row comes from a decision in the journal; its id is the decision's message
-- number, so that a replay gives the same rows. What a device flags by itself stands in outlet_hour.auto.
create table source_mark (
  id bigint primary key,
  outlet_id int not null,
  region_code int not null,
  owner_id int not null,
  factor text collate "C",                 -- null: every factor
  item text collate "C" not null,
  from_ts timestamptz not null,
  to_ts timestamptz not null check (to_ts > from_ts),
  reason text not null,
  state text collate "C" not null check (state in ('filed', 'accepted', 'rejected', 'withdrawn')),
  late boolean not null,
  deadline timestamptz not null,
  after_exceedance boolean not null,
  filed_by int not null,
  filed_by_name text not null,
  filed_at timestamptz not null,
  decided_msg bigint,
  decided_by int,
  decided_by_name text,
  decided_at timestamptz,
  decided_reason text
);
create index source_mark_by_outlet on source_mark (outlet_id, from_ts);
create index source_mark_waiting on source_mark (id) where state = 'filed';

-- What the bureau found about an exceedance; the event itself is computed and takes the newest word that overlaps it.
create table exceedance_judgement (
  msg bigint primary key,
  outlet_id int not null,
  region_code int not null,
  owner_id int not null,
  factor text collate "C" not null,
  kind text collate "C" not null,
  from_ts timestamptz not null,
  to_ts timestamptz not null,
  decision text collate "C" not null check (decision in ('confirm', 'exempt', 'reopen')),
  reason text not null,
  made_by int not null,
  made_by_name text not null,
  made_at timestamptz not null
);
create index exceedance_judgement_by_outlet on exceedance_judgement (outlet_id, factor, from_ts);

create table exceedance (
  id int generated always as identity primary key,
  outlet_id int not null,
  region_code int not null,
  owner_id int not null,
  factor text collate "C" not null,
  kind text collate "C" not null check (kind in ('hour', 'day', 'month-days', 'furnace')),
  from_ts timestamptz not null,
  to_ts timestamptz not null check (to_ts > from_ts),
  hours int not null,
  max_value double precision not null,
  limit_id int not null references limit_choice,
  multiple double precision not null,
  exempted boolean not null,               -- above the limit, but in a time that the rules exempt
  grade text collate "C" not null check (grade in ('A', 'B', 'C')),
  grade_reasons text[] not null,
  state text collate "C" not null check (state in ('candidate', 'confirmed', 'exempt', 'withdrawn')),
  state_reason text,
  mark_ids bigint[] not null,
  version int not null default 1,
  updated_at timestamptz not null
);
create unique index exceedance_standing on exceedance (outlet_id, factor, kind, from_ts) where state <> 'withdrawn';
create index exceedance_newest on exceedance (from_ts desc, id desc);
create index exceedance_by_outlet on exceedance (outlet_id, factor, from_ts);
create index exceedance_by_grade on exceedance (to_ts) where grade = 'C' and state <> 'withdrawn';

create table exceedance_version (
  exceedance_id int not null references exceedance on delete cascade,
  version int not null,
  at timestamptz not null,
  made_by text not null,
  why text not null,
  region_code int not null,
  owner_id int not null,
  from_ts timestamptz not null,
  to_ts timestamptz not null,
  hours int not null,
  max_value double precision not null,
  limit_id int not null,
  multiple double precision not null,
  grade text collate "C" not null,
  state text collate "C" not null,
  primary key (exceedance_id, version)
);

do $$
declare
  owned text;
begin
  foreach owned in array array['source_mark', 'exceedance_judgement', 'exceedance', 'exceedance_version'] loop
    execute format('alter table %I enable row level security', owned);
    execute format(
      'create policy scope on %I for select to shanshui_app using (
         owner_id = 0
         or (region_code <@ nullif(current_setting(''app.regions'', true), '''')::int4multirange
             and (current_setting(''app.owner'', true) = ''any''
                  or owner_id = nullif(nullif(current_setting(''app.owner'', true), ''any''), '''')::int)))',
      owned);
    execute format('revoke insert, update, delete on %I from shanshui_app', owned);
  end loop;
end
$$;
