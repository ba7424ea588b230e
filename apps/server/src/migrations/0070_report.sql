-- Reports: paragraphs written over figures. A draft remembers the digest of each figure it printed, so that it
-- knows which of its sentences are out of date; a frozen report and its figures never change.
create table report (
  id int generated always as identity primary key,
  kind text collate "C" not null check (kind in ('annual-air-review')),
  title text not null,
  year int not null check (year between 1990 and 2100),
  subject_id int not null references feature,
  edition text collate "C" not null,
  status text collate "C" not null check (status in ('draft', 'frozen')),
  version int not null default 1,
  paragraphs jsonb not null,
  digest text collate "C",
  region_code int not null,
  owner_id int not null,
  created_at timestamptz not null,
  created_by int,
  created_by_name text not null,
  updated_at timestamptz not null,
  frozen_at timestamptz,
  frozen_by_name text,
  check ((status = 'frozen') = (digest is not null and frozen_at is not null))
);
create index report_by_subject on report (subject_id, year desc, id desc);

-- Which figure stands in a report, as it was printed.
create table report_figure (
  report_id int not null references report on delete cascade,
  figure_id int not null references figure,
  printed_text text not null,
  printed_value double precision,
  printed_digest text collate "C" not null,
  primary key (report_id, figure_id)
);
create index report_figure_by_figure on report_figure (figure_id);

create function refuse_change_of_frozen_report() returns trigger language plpgsql as $$
begin
  raise exception 'report % is frozen', old.id using errcode = 'restrict_violation';
end
$$;
create trigger report_frozen before update or delete on report
  for each row when (old.status = 'frozen') execute function refuse_change_of_frozen_report();

alter table report enable row level security;
create policy read on report for select to shanshui_app using (
  owner_id = 0
  or (region_code <@ nullif(current_setting('app.regions', true), '')::int4multirange
      and (current_setting('app.owner', true) = 'any'
           or owner_id = nullif(nullif(current_setting('app.owner', true), 'any'), '')::int)));
create policy make on report for insert to shanshui_app with check (
  region_code <@ nullif(current_setting('app.regions', true), '')::int4multirange);
create policy change on report for update to shanshui_app using (
  region_code <@ nullif(current_setting('app.regions', true), '')::int4multirange);
revoke delete on report from shanshui_app;
