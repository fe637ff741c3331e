-- The mapping that an organisation used last for the same columns and target, kept when its job completes, to be suggested for the
-- next such file. org_id is the user's own id where the target's rows belong to users or to nobody: a user's id is that of the
-- user's own organisation. The hash is over the names of the columns, as headers are compared, in any order.
create table if not exists remembered_mappings (
    org_id uuid not null,
    columns_sha256 bytea not null,
    target text collate "C" not null,
    mapping jsonb not null,
    used_at timestamptz not null default now(),
    constraint remembered_mappings_pkey primary key (org_id, columns_sha256, target),
    constraint remembered_mappings_hash check (octet_length(columns_sha256) = 32),
    constraint remembered_mappings_object check (jsonb_typeof(mapping) = 'object')
);

create index if not exists remembered_mappings_of_organisation on remembered_mappings (org_id, used_at);
create index if not exists remembered_mappings_used_at on remembered_mappings (used_at);

do $do$
begin
    perform importonce_guard('remembered_mappings');
end
$do$;
