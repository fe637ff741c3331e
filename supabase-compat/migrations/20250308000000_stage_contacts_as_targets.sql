-- Contacts are staged like the rows of every other target. Older instances that still run go on using the former table's name: the
-- view has its columns, so that one version can read a job and another one can merge it. A later migration removes the view.
do $do$
begin
    perform set_config('client_min_messages', 'warning', true), set_config('lock_timeout', '30s', true);
    if (select relkind from pg_class where oid = to_regclass('contact_staging')) = 'v' then return; end if;
    lock table contact_staging in access exclusive mode;
    insert into target_staging (job_id, user_id, share, block, row_no, id, v1, v2, v3, v4, v5, v6)
    select job_id, user_id, share, block, row_no, id, email, first_name, last_name, phone, company, attributes
    from contact_staging;
    drop table contact_staging;
    create view contact_staging with (security_invoker = true) as
    select ctid, job_id, user_id, share, block, row_no, id, v1 as email, v2 as first_name, v3 as last_name, v4 as phone,
           v5 as company, v6 as attributes
    from target_staging;
end
$do$;

-- COPY into a view needs a trigger.
create or replace function importonce_stage_contacts() returns trigger
    language plpgsql
    as $body$
begin
    insert into target_staging (job_id, user_id, share, block, row_no, id, v1, v2, v3, v4, v5, v6)
    values (new.job_id, new.user_id, new.share, new.block, new.row_no, new.id, new.email, new.first_name, new.last_name,
            new.phone, new.company, new.attributes);
    return new;
end
$body$;

create or replace trigger stage_contacts
    instead of insert on contact_staging
    for each row execute function importonce_stage_contacts();

do $do$
declare
    name text;
begin
    revoke all on contact_staging from public;
    foreach name in array array['anon', 'authenticated'] loop
        if to_regrole(name) is not null then execute format('revoke all on contact_staging from %I', name); end if;
    end loop;
    foreach name in array array['importonce', 'service_role'] loop
        if to_regrole(name) is not null then
            execute format('grant select, insert, update, delete on contact_staging to %I', name);
        end if;
    end loop;
end
$do$;
