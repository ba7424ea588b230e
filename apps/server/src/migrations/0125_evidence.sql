-- Evidence (证据材料): one row a file that belongs to a problem, matter, complaint, inspection or training. Rows are
-- never deleted; a withdrawn one stays with its reason. The bytes lie in the store under their SHA-256.
create table evidence (
  id int generated always as identity primary key,
  subject_kind text collate "C" not null
    check (subject_kind in ('problem', 'matter', 'complaint', 'inspection', 'training')),
  subject_id int not null,
  demand text collate "C" not null default '',         -- '': nothing that a workflow asked for
  kind text collate "C" not null check (kind in ('photo', 'video', 'audio', 'document', 'data')),
  title text not null,
  file_name text not null,
  media_type text collate "C" not null,
  bytes bigint not null check (bytes > 0),
  sha256 text collate "C" not null check (sha256 ~ '^[0-9a-f]{64}$'),
  -- of the subject, kept with it by share_evidence
  region_code int not null,
  owner_id int not null,
  parties int[] not null,
  shown_to_owner boolean not null,
  internal boolean not null,
  -- what the file says, what the device said at capture, what a person said: {atMs, lon, lat, …}
  exif jsonb,
  device jsonb,
  claim jsonb,
  taken_at timestamptz,
  taken_from text collate "C" check (taken_from in ('exif', 'device', 'claim')),
  lon double precision,
  lat double precision,
  place_from text collate "C" check (place_from in ('exif', 'device', 'claim')),
  distance_m double precision,
  located boolean not null,
  verdict text collate "C" not null check (verdict in ('fits', 'differs', 'unknown')),
  findings jsonb not null,
  scan text collate "C" not null check (scan in ('not-scanned', 'waiting', 'clean', 'infected')),
  uploaded_at timestamptz not null,
  user_id int not null,
  organization_id int not null,
  withdrawn_at timestamptz,
  withdrawn_by int,
  withdrawn_reason text,
  check ((lon is null) = (lat is null) and (lon is null) = (place_from is null)),
  check ((taken_at is null) = (taken_from is null)),
  check (not located or (taken_from in ('exif', 'device') and place_from in ('exif', 'device'))),
  check ((withdrawn_at is null) = (withdrawn_by is null) and (withdrawn_at is null) = (withdrawn_reason is null))
);
-- The same file for the same demand is one piece of evidence, however often and at once it is sent.
create unique index evidence_once on evidence (subject_kind, subject_id, demand, sha256, organization_id)
  where withdrawn_at is null;
create index evidence_of_subject on evidence (subject_kind, subject_id, id);
create index evidence_by_file on evidence (sha256);
create index evidence_to_scan on evidence (id) where scan = 'waiting';

alter table evidence enable row level security;
-- Its own organization's, what its matters carry, what the area's overseers may see, and for the enterprise what is
-- of its own matters once they are shown to it.
create policy read on evidence for select to shanshui_app using (
  organization_id = nullif(current_setting('app.organization', true), '')::int
  or nullif(current_setting('app.organization', true), '')::int = any(parties)
  or (region_code <@ nullif(current_setting('app.regions', true), '')::int4multirange
      and current_setting('app.owner', true) = 'any'
      and position(case subject_kind
            when 'problem' then ',problem:read,'
            when 'complaint' then ',complaint:read,'
            when 'inspection' then ',inspection:read,'
            when 'training' then ',bureau:read,'
            else ',matter:oversee,' end in coalesce(current_setting('app.permissions', true), '')) > 0)
  or (shown_to_owner and not internal
      and owner_id::text = current_setting('app.owner', true)));
create policy make on evidence for insert to shanshui_app with check (
  organization_id = nullif(current_setting('app.organization', true), '')::int
  and user_id = nullif(current_setting('app.user_id', true), '')::int
  and region_code is not null and coalesce(current_setting('app.regions', true), '') <> ''
  and coalesce(current_setting('app.owner', true), '') <> '');
create policy change on evidence for update to shanshui_app using (
  organization_id = nullif(current_setting('app.organization', true), '')::int
  and coalesce(current_setting('app.regions', true), '') <> ''
  and coalesce(current_setting('app.owner', true), '') <> '');
revoke update, delete on evidence from shanshui_app;
grant update (withdrawn_at, withdrawn_by, withdrawn_reason) on evidence to shanshui_app;

-- Files on their way in: a person sees and continues the own uploads.
create table evidence_upload (
  id int generated always as identity primary key,
  subject_kind text collate "C" not null,
  subject_id int not null,
  demand text collate "C" not null default '',
  kind text collate "C",
  title text not null,
  file_name text not null,
  bytes bigint not null check (bytes > 0),
  sha256 text collate "C" not null,
  internal boolean not null,
  device jsonb,
  claim jsonb,
  received bigint not null default 0 check (received between 0 and bytes),
  user_id int not null,
  started_at timestamptz not null,
  touched_at timestamptz not null,
  evidence_id int references evidence
);
-- Starting again goes on with what was begun.
create unique index evidence_upload_once on evidence_upload (user_id, subject_kind, subject_id, demand, sha256)
  where evidence_id is null;
create index evidence_upload_touched on evidence_upload (touched_at);
alter table evidence_upload enable row level security;
create policy own on evidence_upload to shanshui_app
  using (user_id = nullif(current_setting('app.user_id', true), '')::int)
  with check (user_id = nullif(current_setting('app.user_id', true), '')::int);

-- Keeps region, owner and parties of a subject's evidence with the subject's. Runs as owner: whoever moves the
-- matter on need not be the one who brought the file.
create function share_evidence(
  p_kind text, p_id int, p_region int, p_owner int, p_parties int[], p_shown boolean
) returns void language sql security definer set search_path = pg_catalog, public as $$
  update evidence set region_code = p_region, owner_id = p_owner, parties = p_parties, shown_to_owner = p_shown
   where subject_kind = p_kind and subject_id = p_id
     and (region_code, owner_id, parties, shown_to_owner) is distinct from (p_region, p_owner, p_parties, p_shown)
$$;
revoke all on function share_evidence(text, int, int, int, int[], boolean) from public;
grant execute on function share_evidence(text, int, int, int, int[], boolean) to shanshui_app;
