-- An upload that comes in pieces (tus): what was announced, how much of it is there in how many blocks, and the source it became.
-- In every other upload these are null. Its blocks are pieces as sent, not runs of whole records: no plan refers to them.
alter table uploads
    add column if not exists announced_bytes bigint,
    add column if not exists received_bytes bigint,
    add column if not exists pieces integer,
    add column if not exists metadata text,
    add column if not exists source_id uuid,
    drop constraint if exists uploads_in_pieces,
    drop constraint if exists uploads_received,
    drop constraint if exists uploads_metadata_length,
    add constraint uploads_in_pieces check (num_nulls(announced_bytes, received_bytes, pieces) in (0, 3)),
    add constraint uploads_received check (received_bytes between 0 and announced_bytes),
    add constraint uploads_metadata_length check (length(metadata) <= 4096);
