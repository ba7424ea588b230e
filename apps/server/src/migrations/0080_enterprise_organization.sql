-- An enterprise is the data of its organization; who registers one need not manage people. The organization of a
-- credit code is found, or made inside the actor's own regions. Returns its id, and whether it was made now.
create function enterprise_organization(p_code text, p_name text, p_region int, out id int, out made boolean)
language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  select o.id into id from organization o where o.code = p_code;
  made := id is null;
  if not made then return; end if;
  -- no setting at all: the owner of the tables (gateway, jobs, demo)
  if nullif(current_setting('app.regions', true), '') is not null
     and not (p_region <@ current_setting('app.regions', true)::int4multirange
              and coalesce(current_setting('app.owner', true), '') = 'any') then
    raise insufficient_privilege using message = 'region or owner outside the scope';
  end if;
  insert into organization (code, name, type, region_code) values (p_code, p_name, 'enterprise', p_region)
    on conflict (code) do nothing returning organization.id into id;
  if id is null then
    made := false;
    select o.id into id from organization o where o.code = p_code;
  end if;
end
$$;
revoke all on function enterprise_organization(text, text, int) from public;
grant execute on function enterprise_organization(text, text, int) to shanshui_app;
