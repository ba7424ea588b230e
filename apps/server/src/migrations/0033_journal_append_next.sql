-- Appends one block in one call: the chain's head is locked, the block hashed and written without a further round trip,
-- so that the lock is held as briefly as a commit allows. The hash is that of `journal-block.ts`, byte for byte.
create function journal_append_next(
  p_kind text, p_source text, p_from bigint, p_to bigint, p_records int, p_raw_bytes int, p_digests bytea, p_data bytea
) returns bigint language plpgsql security definer set search_path = public, pg_temp as $$
declare
  h journal_head;
  v_day date;
  v_seq int;
  v_id bigint;
  v_prev bytea;
  v_hash bytea;
  v_header text;
begin
  select * into h from journal_head for update;
  v_day := greatest((to_timestamp(p_to / 1000.0) at time zone 'Asia/Shanghai')::date, h.day, h.sealed_through + 1);
  v_id := h.last_block + 1;
  if v_day is distinct from h.day then
    v_seq := 1;
    v_prev := sha256(convert_to(E'shanshui journal day\n' || to_char(v_day, 'YYYY-MM-DD') || E'\n', 'UTF8') || h.hash);
  else
    v_seq := h.seq + 1;
    v_prev := h.hash;
  end if;
  v_header := concat_ws(E'\n', 'shanshui journal block 1', v_id, to_char(v_day, 'YYYY-MM-DD'), v_seq, p_kind,
    to_json(p_source)::text, v_id, 1, 1, p_from, p_to, p_records, p_raw_bytes, '');
  v_hash := sha256(v_prev || convert_to(v_header, 'UTF8') || sha256(p_digests) || sha256(p_data));
  insert into journal_block values (v_id, v_day, v_seq, p_kind, p_source, v_id, 1, 1, p_from, p_to, p_records,
    p_raw_bytes, p_digests, p_data, v_prev, v_hash);
  if v_seq = 1 then
    insert into journal_day (day, genesis, head, blocks, records, bytes, first_block, last_block)
    values (v_day, v_prev, v_hash, 1, p_records, length(p_data), v_id, v_id);
  else
    update journal_day set head = v_hash, blocks = blocks + 1, records = records + p_records,
      bytes = bytes + length(p_data), last_block = v_id where day = v_day;
  end if;
  update journal_head set last_block = v_id, day = v_day, seq = v_seq, hash = v_hash;
  return v_id;
end $$;

revoke all on function journal_append_next(text, text, bigint, bigint, int, int, bytea, bytea) from public;
grant execute on function journal_append_next(text, text, bigint, bigint, int, int, bytea, bytea) to shanshui_app;
