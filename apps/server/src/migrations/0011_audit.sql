-- The audit chain: every write and every refused access, each entry sealed with the hash of the one before.
create table audit (
  seq bigint primary key,
  at timestamptz not null,
  user_id int,                            -- null: the system, or nobody logged in
  actor text not null,
  action text collate "C" not null,
  object text collate "C" not null,
  detail jsonb not null,
  request_id text,
  prev_hash bytea not null,
  hash bytea not null
);
create index audit_by_action on audit (action, seq desc);
create index audit_by_user on audit (user_id, seq desc);
create index audit_by_object on audit (object, seq desc);
revoke all on audit from shanshui_app;

-- What the hash covers, as text that any tool can rebuild.
create function audit_payload(
  seq bigint, at timestamptz, user_id int, actor text, action text, object text, detail jsonb, request_id text
) returns text language sql immutable as $$
  select jsonb_build_array(seq, (extract(epoch from at) * 1000000)::bigint, user_id, actor, action, object, detail,
    request_id)::text
$$;

-- Entries are made one after the other: the lock is held to the end of the transaction, so this is its last step.
create function append_audit(
  p_user_id int, p_actor text, p_action text, p_object text, p_detail jsonb, p_request_id text
) returns bigint language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  last record;
  v_seq bigint;
  v_prev bytea;
  v_at timestamptz := clock_timestamp();
begin
  perform pg_advisory_xact_lock(7212027);
  select seq, hash into last from audit order by seq desc limit 1;
  v_seq := coalesce(last.seq, 0) + 1;
  v_prev := coalesce(last.hash, '\x'::bytea);
  insert into audit values (v_seq, v_at, p_user_id, p_actor, p_action, p_object, p_detail, p_request_id, v_prev,
    sha256(v_prev || convert_to(
      audit_payload(v_seq, v_at, p_user_id, p_actor, p_action, p_object, p_detail, p_request_id), 'UTF8')));
  return v_seq;
end
$$;
revoke all on function append_audit(int, text, text, text, jsonb, text) from public;
grant execute on function append_audit(int, text, text, text, jsonb, text) to shanshui_app;
