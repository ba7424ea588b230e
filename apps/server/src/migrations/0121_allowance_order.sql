-- Numbers of entries follow the order in which the account was changed: the number that the insert drew was drawn before
-- the account was locked, so that of several approvals at once a later balance could stand under an earlier number.
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
  new.id := nextval(pg_get_serial_sequence('allowance_entry', 'id'));
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
