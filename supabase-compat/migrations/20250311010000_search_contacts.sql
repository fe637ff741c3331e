-- Contacts by any part of their names, company or address. The index needs the extension pg_trgm; nothing of ours installs it, since
-- keeping such an index costs every import time. Without it the same search reads the organisation's contacts in the order of their
-- addresses. Where many contacts are there already, build the index before this file, without a lock: see src/docs/operations.md.
do $do$
declare
    space text := (select n.nspname from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_trgm');
begin
    if space is null then return; end if;
    perform set_config('lock_timeout', '30s', true), set_config('client_min_messages', 'warning', true);
    execute format($sql$create index if not exists contacts_words on contacts using gin
        ((coalesce(first_name, '') || ' ' || coalesce(last_name, '') || ' ' || coalesce(company, '') || ' ' || email collate "default") %I.gin_trgm_ops)$sql$,
        space);
end
$do$;
