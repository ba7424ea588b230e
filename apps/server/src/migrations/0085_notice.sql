-- Notices: written once in the transaction that caused them (dedupe_key), read in the application, and carried
-- outside by a worker that tries until it succeeds or gives up in sight of everybody.
create table notice (
  id int generated always as identity primary key,
  dedupe_key text collate "C" not null unique,
  topic text collate "C" not null,
  title text not null,
  body text not null,
  link text,
  created_at timestamptz not null default now(),
  fanned_at timestamptz                   -- when deliveries were made for the channels that were configured then
);
create index notice_to_fan on notice (id) where fanned_at is null;

create table notice_recipient (
  notice_id int not null references notice on delete cascade,
  user_id int not null references app_user on delete cascade,
  read_at timestamptz,
  primary key (user_id, notice_id)
);
create index notice_recipient_unread on notice_recipient (user_id) where read_at is null;
create index notice_recipient_by_notice on notice_recipient (notice_id);

create table user_contact (
  user_id int primary key references app_user on delete cascade,
  email text,
  phone text
);

create table notice_delivery (
  id int generated always as identity primary key,
  notice_id int not null references notice on delete cascade,
  channel text collate "C" not null check (channel in ('email', 'wecom', 'sms')),
  user_id int references app_user on delete cascade,   -- null: a group of the channel
  address text not null,
  state text collate "C" not null default 'queued' check (state in ('queued', 'sent', 'failed')),
  attempts int not null default 0,
  next_at timestamptz not null,           -- not before; while it is being sent: when the lease ends
  sent_at timestamptz,
  error text,
  error_at timestamptz,
  created_at timestamptz not null default now(),
  unique nulls not distinct (notice_id, channel, user_id)
);
create index notice_delivery_due on notice_delivery (next_at) where state = 'queued';

-- A person reads the own notices; who gets one is decided by the function below, deliveries are the worker's.
alter table notice_recipient enable row level security;
create policy own on notice_recipient to shanshui_app
  using (user_id = nullif(current_setting('app.user_id', true), '')::int);
alter table notice enable row level security;
create policy own on notice for select to shanshui_app using (exists (
  select 1 from notice_recipient r where r.notice_id = id
     and r.user_id = nullif(current_setting('app.user_id', true), '')::int));
revoke all on notice, notice_recipient, notice_delivery, user_contact from shanshui_app;
grant select on notice to shanshui_app;
grant select, update (read_at) on notice_recipient to shanshui_app;

-- Whether a user's region code covers a region (GB/T 2260: two digits a level; 100000 is the nation).
create function region_covered(p_codes int[], p_region int) returns boolean language sql immutable as $$
  select exists (select 1 from unnest(p_codes) code where code = 100000 or code = p_region
    or (code % 10000 = 0 and p_region / 10000 = code / 10000)
    or (code % 100 = 0 and p_region / 100 = code / 100))
$$;

-- Writes a notice and its recipients once; no row when the key was there before. Recipients: the people named, or
-- those of the roles whose scope covers region and owner. Runs as owner: the actor need not read other people.
create function queue_notice(
  p_key text, p_topic text, p_title text, p_body text, p_link text,
  p_users int[], p_roles text[], p_region int, p_owner int
) returns table (notice_id int, user_id int)
language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  v_id int;
begin
  insert into notice (dedupe_key, topic, title, body, link) values (p_key, p_topic, p_title, p_body, p_link)
    on conflict (dedupe_key) do nothing returning id into v_id;
  if v_id is null then return; end if;
  return query
    insert into notice_recipient (notice_id, user_id)
    select v_id, u.id from app_user u
     where not u.disabled and case when p_users is not null then u.id = any(p_users)
       else u.roles && p_roles and region_covered(u.regions, p_region)
        and (u.owner_scope = 'any' or u.organization_id = p_owner) end
    returning notice_recipient.notice_id, notice_recipient.user_id;
end
$$;
revoke all on function queue_notice(text, text, text, text, text, int[], text[], int, int) from public;
grant execute on function queue_notice(text, text, text, text, text, int[], text[], int, int) to shanshui_app;
