-- A clean-up of a declared table keeps what it removes, too: {"table", "kept": the primary key of the row that stays, "row"}. The
-- ids are made of the table's name and the primary key, which need not be a uuid.
do $do$
begin
    if not exists (
        select from pg_constraint
        where conrelid = 'dedupe_log'::regclass and conname = 'dedupe_log_kind' and pg_get_constraintdef(oid) like '%targets%'
    ) then
        alter table dedupe_log
            drop constraint if exists dedupe_log_kind,
            add constraint dedupe_log_kind check (kind in ('chats', 'contacts', 'jobs', 'targets'));
    end if;
end
$do$;
