-- Organizations, people, sessions, API keys.
create table organization (
  id int generated always as identity primary key,
  code text collate "C" not null unique,
  name text not null,
  type text not null check (type in ('bureau', 'branch', 'department', 'enterprise', 'public')),
  region_code int not null check (region_code between 100000 and 999999),
  parent_id int references organization on delete restrict,
  created_at timestamptz not null default now()
);

create table app_user (
  id int generated always as identity primary key,
  login text collate "C" not null unique check (login = lower(login)),
  name text not null,
  organization_id int not null references organization on delete restrict,
  roles text[] not null check (cardinality(roles) > 0),
  regions int[] not null,                 -- GB/T 2260 codes; a city's code covers its counties
  owner_scope text not null check (owner_scope in ('any', 'own')),
  password_hash text not null,            -- argon2id
  must_change_password boolean not null default true,
  failures int not null default 0,        -- wrong passwords in a row
  locked_until timestamptz,
  disabled boolean not null default false,
  last_login_at timestamptz,
  created_at timestamptz not null default now(),
  version int not null default 1
);

create table session (
  token_hash bytea primary key,           -- sha256 of the cookie: reading the table gives nobody a login
  user_id int not null references app_user on delete cascade,
  csrf_token text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  last_seen_at timestamptz not null,
  address text,
  user_agent text
);
create index session_by_user on session (user_id);

create table api_key (
  id int generated always as identity primary key,
  user_id int not null references app_user on delete cascade,
  name text not null,
  prefix text not null,
  secret_hash bytea not null unique,      -- sha256; the key itself has 192 random bits
  created_by int references app_user on delete set null,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz
);

-- Requests see names, never hashes.
revoke all on app_user, session, api_key from shanshui_app;
grant select (id, name, organization_id) on app_user to shanshui_app;
revoke insert, update, delete on organization from shanshui_app;
