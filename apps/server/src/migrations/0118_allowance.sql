-- Allowance (指标): accounts whose balance only the entries make, and applications of new projects. To the kilogram.
create table allowance_account (
  id int generated always as identity primary key,
  name text not null,
  pollutant text collate "C" not null,
  region_code int not null,
  origin text collate "C" not null check (origin in ('initial', 'purchased', 'pooled')),
  valid_from date not null,
  valid_to date check (valid_to >= valid_from),
  balance numeric(14, 3) not null default 0 constraint allowance_balance_not_negative check (balance >= 0),
  made_at timestamptz not null,
  made_by int not null,
  unique (region_code, name, pollutant)
);

create table allowance_application (
  id int generated always as identity primary key,
  project_code text collate "C" not null unique,   -- a project is decided on once
  project_name text not null,
  enterprise_id int references feature on delete set null,
  region_code int not null,
  failing text[] not null,
  needs jsonb not null,
  state text collate "C" not null check (state in ('applied', 'approved', 'refused', 'returned')),
  applied_at timestamptz not null,
  applied_by int not null,
  decided_at timestamptz,
  decided_by int,
  reason text,
  version int not null default 1,
  check (decided_by is null or decided_by <> applied_by),
  check ((state = 'applied') = (decided_at is null))
);

create table allowance_entry (
  id int generated always as identity primary key,
  account_id int not null references allowance_account on delete restrict,
  at timestamptz not null,
  by_id int not null,
  kind text collate "C" not null check (kind in ('initial', 'reduction', 'purchase', 'sale', 'offset', 'return')),
  tonnes numeric(14, 3) not null check (tonnes <> 0 and (tonnes > 0) = (kind not in ('sale', 'offset'))),
  balance numeric(14, 3) not null check (balance >= 0),
  claim_id int references reduction_claim on delete restrict,
  application_id int references allowance_application on delete restrict,
  reference text not null,
  region_code int not null,
  check ((kind = 'reduction') = (claim_id is not null)),
  check ((kind in ('offset', 'return')) = (application_id is not null))
);
create index allowance_entry_by_account on allowance_entry (account_id, id);

-- The balance is made here and nowhere else: the row of the account is locked by the update, so that of two entries
-- at once the second sees the first; what would be negative is refused by the check. Tonnes of a recognised reduction
-- leave its pool in the same step.
create function allowance_book() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update allowance_account set balance = balance + new.tonnes where id = new.account_id
    returning balance, region_code into new.balance, new.region_code;
  if not found then
    raise exception 'no such account' using errcode = 'foreign_key_violation';
  end if;
  if new.claim_id is not null then
    update reduction_claim c set moved = c.moved + new.tonnes
      from allowance_account a
     where c.id = new.claim_id and a.id = new.account_id and c.state = 'recognised' and c.pollutant = a.pollutant;
    if not found then
      raise exception 'the reduction is not recognised, or of another pollutant' using errcode = 'check_violation', constraint = 'allowance_reduction_recognised';
    end if;
  end if;
  return new;
end
$$;
create trigger allowance_book before insert on allowance_entry for each row execute function allowance_book();

create function allowance_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'allowance entries are never changed' using errcode = 'restrict_violation';
end
$$;
create trigger allowance_append_only before update or delete on allowance_entry
  for each row execute function allowance_append_only();

do $$
declare
  kept text;
begin
  foreach kept in array array['allowance_account', 'allowance_entry', 'allowance_application'] loop
    execute format('alter table %I enable row level security', kept);
    execute format(
      'create policy read on %I for select to shanshui_app using (
         region_code <@ nullif(current_setting(''app.regions'', true), '''')::int4multirange)', kept);
    execute format(
      'create policy make on %I for insert to shanshui_app with check (
         region_code <@ nullif(current_setting(''app.regions'', true), '''')::int4multirange
         and current_setting(''app.owner'', true) = ''any'')', kept);
    execute format('revoke update, delete on %I from shanshui_app', kept);
  end loop;
end
$$;
grant update on allowance_application to shanshui_app;
create policy change on allowance_application for update to shanshui_app using (
  region_code <@ nullif(current_setting('app.regions', true), '')::int4multirange
  and current_setting('app.owner', true) = 'any');
