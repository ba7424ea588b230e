-- Numbers such as ZG-629001-2026-0001: without gaps, because a transaction that fails takes its number back, and the
-- row's lock lets the next one wait.
create table number_sequence (
  prefix text collate "C" not null,
  region_code int not null,
  year int not null,
  last int not null check (last > 0),
  primary key (prefix, region_code, year)
);
revoke all on number_sequence from shanshui_app;

create function next_number(p_prefix text, p_region int, p_year int) returns text
language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  v_last int;
begin
  insert into number_sequence as s (prefix, region_code, year, last) values (p_prefix, p_region, p_year, 1)
    on conflict (prefix, region_code, year) do update set last = s.last + 1
    returning last into v_last;
  return p_prefix || '-' || p_region || '-' || p_year || '-' ||
    case when v_last < 10000 then lpad(v_last::text, 4, '0') else v_last::text end;
end
$$;
revoke all on function next_number(text, int, int) from public;
grant execute on function next_number(text, int, int) to shanshui_app;

-- People of an organization, or of a region, who hold one of the roles: whom a notice is for.
create function people_with(p_organizations int[], p_roles text[], p_region int) returns int[]
language sql stable security definer set search_path = pg_catalog, public as $$
  select coalesce(array_agg(u.id order by u.id), '{}') from app_user u
   where not u.disabled and u.roles && p_roles
     and (p_organizations is null or u.organization_id = any(p_organizations))
     and (p_region is null or (u.owner_scope = 'any' and region_covered(u.regions, p_region)))
$$;
revoke all on function people_with(int[], text[], int) from public;
grant execute on function people_with(int[], text[], int) to shanshui_app;
