-- An upload that became a source is set aside: it was last touched at infinity. What is asked about at each sweep are the others,
-- which the index has by themselves; who looks for an upload by its id is not led there by when it was touched.
create index if not exists uploads_not_set_aside on uploads (touched_at) where touched_at < 'infinity';
drop index if exists uploads_touched_at;
