-- The role that requests run as. Row-level security holds for it; the owner of the tables passes it by.
-- Roles belong to the whole cluster, so another database of ours may have made it already.
do $$
begin
  if not exists (select from pg_roles where rolname = 'shanshui_app') then
    begin
      create role shanshui_app nologin;
    exception when duplicate_object or unique_violation then null;
    end;
  end if;
  begin
    execute format('grant shanshui_app to %I', current_user);
  exception when insufficient_privilege then
    null; -- made and granted by the operator of a shared server; asActor says so if it was not
  end;
end
$$;

grant usage on schema public to shanshui_app;
-- Tables of later migrations are open to requests unless their migration says otherwise (secrets are revoked,
-- facts and features carry policies).
alter default privileges in schema public grant select, insert, update, delete on tables to shanshui_app;
alter default privileges in schema public grant usage, select on sequences to shanshui_app;
