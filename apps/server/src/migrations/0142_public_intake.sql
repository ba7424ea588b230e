-- What came by the public form: for the limits on abuse, the form's single use, and the pictures that follow.
-- Addresses are kept as keyed marks, not in the clear, and are removed after two days.
create table public_intake (
  id int generated always as identity primary key,
  at timestamptz not null,
  address_mark bytea,
  nonce text collate "C" not null unique,
  digest bytea not null,
  complaint_id int not null references complaint,
  photos int not null default 0
);
create index public_intake_by_time on public_intake (at);
create index public_intake_by_address on public_intake (address_mark, at) where address_mark is not null;
create index public_intake_of on public_intake (complaint_id);
revoke all on public_intake from shanshui_app;
