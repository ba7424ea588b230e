-- Targets and allowance are the bureau's own books: who sees one organization's data only sees none of them, whatever
-- the route before them asks for.
do $$
declare
  book text;
begin
  foreach book in array array['reduction_target', 'allowance_account', 'allowance_entry', 'allowance_application'] loop
    execute format(
      'alter policy read on %I using (
         region_code <@ nullif(current_setting(''app.regions'', true), '''')::int4multirange
         and current_setting(''app.owner'', true) = ''any'')', book);
  end loop;
end
$$;

-- As before, and: tonnes leave only the pool of a reduction inside the regions of who books them. The function runs
-- as owner of the tables, so it asks itself; no setting at all is the owner (gateway, jobs, demo).
create or replace function allowance_book() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  regions int4multirange := nullif(current_setting('app.regions', true), '')::int4multirange;
begin
  update allowance_account set balance = balance + new.tonnes where id = new.account_id
    returning balance, region_code into new.balance, new.region_code;
  if not found then
    raise exception 'no such account' using errcode = 'foreign_key_violation';
  end if;
  if new.claim_id is not null then
    update reduction_claim c set moved = c.moved + new.tonnes
      from allowance_account a
     where c.id = new.claim_id and a.id = new.account_id and c.state = 'recognised' and c.pollutant = a.pollutant
       and (regions is null or c.region_code <@ regions);
    if not found then
      raise exception 'the reduction is not recognised, or of another pollutant'
        using errcode = 'check_violation', constraint = 'allowance_reduction_recognised';
    end if;
  end if;
  return new;
end
$$;
