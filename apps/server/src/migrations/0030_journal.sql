-- The journal (原始账本): raw frames, imported files and decisions, append-only, hash-chained per civil day.
-- Everything derived can be wiped and rebuilt from it. Not distributed: it stays on the coordinator.

create table journal_head (
  one boolean primary key default true check (one),
  last_block bigint not null,
  day date,
  seq int not null,
  hash bytea not null,
  sealed_through date
);
insert into journal_head (last_block, day, seq, hash) values (0, null, 0, decode(repeat('00', 32), 'hex'));

create table journal_day (
  day date primary key,
  genesis bytea not null,
  head bytea not null,
  blocks int not null,
  records bigint not null,
  bytes bigint not null,
  first_block bigint not null,
  last_block bigint not null,
  root bytea,
  sealed_at timestamptz,
  sealed_by text,
  check ((root is null) = (sealed_at is null))
);

create table journal_block (
  id bigint primary key,
  day date not null,
  seq int not null,
  kind text not null check (kind in ('frames', 'file', 'decision')),
  source text not null,
  entry bigint not null,              -- first block of the entry: itself, or the first part of a file
  part int not null,
  parts int not null,
  received_from_ms bigint not null,
  received_to_ms bigint not null,
  records int not null check (records between 1 and 65536),
  raw_bytes int not null,
  digests bytea not null,             -- 8 bytes a record: names the damaged record
  data bytea not null,                -- deflated, length-prefixed records
  prev_hash bytea not null,
  hash bytea not null,
  unique (day, seq)
);
alter table journal_block alter column data set storage external;
alter table journal_block alter column digests set storage external;
create index journal_block_entry on journal_block (entry, part) where parts > 1;

create function journal_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'journal_block is append-only' using errcode = 'restrict_violation';
end $$;
create trigger journal_block_append_only before update or delete or truncate on journal_block
  for each statement execute function journal_refuse_change();

-- The application role has no write access to the tables; it appends through these two functions, which keep the
-- chain whole: one writer at a time, no gap, each block tied to its predecessor.
create function journal_lock()
returns table (last_block bigint, day date, seq int, hash bytea, sealed_through date)
language sql security definer set search_path = public, pg_temp as $$
  select h.last_block, h.day, h.seq, h.hash, h.sealed_through from journal_head h for update
$$;

create function journal_append(
  p_id bigint, p_day date, p_seq int, p_kind text, p_source text, p_entry bigint, p_part int, p_parts int,
  p_from bigint, p_to bigint, p_records int, p_raw_bytes int, p_digests bytea, p_data bytea,
  p_prev bytea, p_hash bytea
) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare h journal_head;
begin
  select * into h from journal_head for update;
  if p_id <> h.last_block + 1
    or (p_seq > 1 and (p_day is distinct from h.day or p_seq <> h.seq + 1 or p_prev <> h.hash))
    or (p_seq = 1 and p_day <= h.day)
    or p_day <= h.sealed_through then
    raise exception 'journal block % does not continue the chain at block %', p_id, h.last_block
      using errcode = 'integrity_constraint_violation';
  end if;
  insert into journal_block values (p_id, p_day, p_seq, p_kind, p_source, p_entry, p_part, p_parts,
    p_from, p_to, p_records, p_raw_bytes, p_digests, p_data, p_prev, p_hash);
  if p_seq = 1 then
    insert into journal_day (day, genesis, head, blocks, records, bytes, first_block, last_block)
    values (p_day, p_prev, p_hash, 1, p_records, length(p_data), p_id, p_id);
  else
    update journal_day set head = p_hash, blocks = blocks + 1, records = records + p_records,
      bytes = bytes + length(p_data), last_block = p_id where day = p_day;
  end if;
  update journal_head set last_block = p_id, day = p_day, seq = p_seq, hash = p_hash;
end $$;

revoke all on function journal_lock() from public;
revoke all on function journal_append(bigint, date, int, text, text, bigint, int, int, bigint, bigint, int, int,
  bytea, bytea, bytea, bytea) from public;
revoke all on journal_head, journal_day, journal_block from shanshui_app;
grant select on journal_head, journal_day, journal_block to shanshui_app;
grant execute on function journal_lock() to shanshui_app;
grant execute on function journal_append(bigint, date, int, text, text, bigint, int, int, bigint, bigint, int, int,
  bytea, bytea, bytea, bytea) to shanshui_app;
