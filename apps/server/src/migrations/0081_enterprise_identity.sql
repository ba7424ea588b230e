-- One enterprise under several codes: codes that still resolve, mergers with what they moved, and pairs that are
-- known to be two.
create table feature_alias (
  kind text collate "C" not null,
  code text collate "C" not null,
  feature_id int not null references feature on delete cascade,
  region_code int not null,
  owner_id int not null,
  primary key (kind, code)
);
create index feature_alias_by_feature on feature_alias (feature_id);

create table enterprise_merge (
  id int generated always as identity primary key,
  from_id int not null references feature on delete restrict,
  to_id int not null references feature on delete restrict,
  region_code int not null,
  owner_id int not null,
  reason text not null check (length(reason) between 1 and 2000),
  moved jsonb not null,                   -- [{id, kind, before: {…}, after: {…}}]: what undoing puts back
  merged_at timestamptz not null,
  merged_by int,
  undone_at timestamptz,
  undone_by int,
  undo_reason text,
  check (from_id <> to_id),
  check ((undone_at is null) = (undo_reason is null))
);
-- An enterprise goes into one other, once at a time.
create unique index enterprise_merge_standing on enterprise_merge (from_id) where undone_at is null;
create index enterprise_merge_by_target on enterprise_merge (to_id);

create table enterprise_distinct (
  a_id int not null references feature on delete cascade,
  b_id int not null references feature on delete cascade,
  region_code int not null,
  owner_id int not null,
  reason text not null check (length(reason) between 1 and 2000),
  decided_at timestamptz not null,
  decided_by int,
  primary key (a_id, b_id),
  check (a_id < b_id)
);

create index feature_by_enterprise_code on feature ((properties->>'enterpriseCode'))
  where properties ? 'enterpriseCode';
create index feature_by_outlet_code on feature ((properties->>'outletCode')) where properties ? 'outletCode';
create index feature_by_credit_code on feature ((properties->>'creditCode')) where properties ? 'creditCode';
create index feature_by_former_code on feature using gin ((properties->'formerCodes'))
  where properties ? 'formerCodes';

do $$
declare
  t text;
  scope text := 'region_code <@ nullif(current_setting(''app.regions'', true), '''')::int4multirange
    and case when current_setting(''app.owner'', true) = ''any'' then true
        else owner_id = nullif(current_setting(''app.owner'', true), '''')::int end';
begin
  foreach t in array array['feature_alias', 'enterprise_merge', 'enterprise_distinct'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy scope on %I to shanshui_app using (%s) with check (%s)', t, scope, scope);
  end loop;
end
$$;
revoke delete on enterprise_merge from shanshui_app;
