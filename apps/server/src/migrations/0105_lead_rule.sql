-- Rules that raise leads (线索规则): data with condition, clause, status, parameters; every replaced version is kept.
create table lead_rule (
  id text collate "C" primary key,
  title text not null,
  title_en text not null,
  description text not null,
  kind text collate "C" not null check (kind in ('stream', 'day', 'raised')),
  family text collate "C" not null,
  subject_kind text collate "C" not null,
  medium text collate "C" check (medium in ('air', 'water')),   -- null: both
  condition jsonb not null,
  weight double precision not null check (weight > 0 and weight <= 0.6),
  clause text not null,
  status text collate "C" not null check (status in ('primary', 'one-source', 'unverified', 'design')),
  parameters jsonb not null default '[]',
  enabled boolean not null default true,
  calm_after_hours double precision not null check (calm_after_hours >= 0),
  follow_up_hours double precision not null check (follow_up_hours > 0),
  escalate_hours double precision not null check (escalate_hours > 0),
  own boolean not null default false,     -- made here, not delivered with the product
  version int not null default 1,
  enabled_since timestamptz not null,
  updated_at timestamptz not null,
  updated_by int
);
create table lead_rule_history (
  rule_id text collate "C" not null references lead_rule on delete cascade,
  version int not null,
  changed_at timestamptz not null,        -- when this version came into being
  changed_by int,
  reason text not null,
  row jsonb not null,
  primary key (rule_id, version)
);
revoke delete on lead_rule from shanshui_app;
revoke update, delete on lead_rule_history from shanshui_app;
