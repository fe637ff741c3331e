-- Whether payload is compressed (zlib); byte_length is what it unpacks to.
alter table source_blocks add column if not exists packed boolean not null default false;
