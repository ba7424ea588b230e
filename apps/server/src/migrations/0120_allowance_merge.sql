-- An application follows its enterprise through mergers; the registrations it was taken from, newest last, lead it back
-- when one is undone.
alter table allowance_application add column merged_from int[] not null default '{}';
