-- Whose rows a job stages, writes and could undo: the value of the owner's column of its target's table, of contacts the organisation;
-- the user's, if the rows belong to nobody. On a database that is distributed over several nodes all rows of an owner are on one node,
-- and every statement names the owner. Instances of an older version do not: a trigger reads from the job
-- whose their rows are.
do $do$
begin
    perform set_config('client_min_messages', 'warning', true), set_config('lock_timeout', '30s', true);
    alter table target_staging add column if not exists owner_id uuid;
    alter table target_rows add column if not exists owner_id uuid;
    alter table target_before_images add column if not exists owner_id uuid;
end
$do$;

create or replace function importonce_place_row() returns trigger
    language plpgsql
    as $body$
begin
    new.owner_id := coalesce((
        select case when j.target = 'contacts' or j.declaration::jsonb #>> '{owner,organisation}' is not null then j.org_id
            else j.user_id end
        from migration_jobs j
        where j.id = new.job_id and j.user_id = new.user_id), new.user_id);
    return new;
end
$body$;

revoke all on function importonce_place_row() from public;

do $do$
declare
    name text;
begin
    foreach name in array array['target_staging', 'target_rows', 'target_before_images'] loop
        execute format('update %I t set owner_id = case when j.target = ''contacts'' '
            'or j.declaration::jsonb #>> ''{owner,organisation}'' is not null then j.org_id else j.user_id end '
            'from migration_jobs j where j.id = t.job_id and j.user_id = t.user_id and t.owner_id is null', name);
        execute format('update %I set owner_id = user_id where owner_id is null', name);
        if not exists (select from pg_trigger where tgrelid = to_regclass(name) and tgname = 'importonce_place_row') then
            execute format('create trigger importonce_place_row before insert on %I for each row when (new.owner_id is null) '
                'execute function importonce_place_row()', name);
        end if;
        if not exists (select from pg_constraint where conrelid = to_regclass(name) and contype = 'p' and cardinality(conkey) > 4)
            and name <> 'target_staging' then
            execute format('alter table %1$I drop constraint %2$I, add constraint %2$I primary key (job_id, user_id, share, owner_id, n)',
                name, name || '_pkey');
        end if;
    end loop;
end
$do$;
