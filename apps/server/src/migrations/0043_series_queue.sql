-- The queue holds one row a batch and bucket instead of one a point: a writer of a thousand outlets adds one row, not
-- a thousand (measured: half of the whole write path). The worker, not the writer, moves the newest-row pointers.
drop table dirty_bucket;
create table dirty_bucket (
  id bigint generated always as identity primary key,
  bucket timestamptz,                        -- start of the hour or day that must be rolled; null when none
  period text collate "C" not null,          -- period of the rows that were written
  point_ids int[] not null,
  layouts int[] not null,                    -- with last_ts: newest row written, by point and layout; may be empty
  last_ts timestamptz[] not null
);
revoke insert, update, delete on dirty_bucket from shanshui_app;

-- A pointer shows only when; the row it points to is under row-level security.
drop policy scope on latest;
alter table latest disable row level security;
alter table latest drop column region_code, drop column owner_id;
