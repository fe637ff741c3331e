-- A contact's attributes are a JSON object. Anything else there, which only others can have written, failed every import of its
-- contact. From here on nothing else comes in; what is there is mended by the next file, and by imports, undos and clean-ups that
-- meet it before: as an object in which it is the attribute "value".
create or replace function importonce_object(attributes jsonb) returns jsonb
    language sql immutable parallel safe
    return case
        when attributes is null or jsonb_typeof(attributes) = 'object' then attributes
        when jsonb_typeof(attributes) = 'null' then '{}'
        else jsonb_set('{"value": null}', '{value}', attributes)
    end;

-- As before, of objects; still plain SQL, so that they are inlined.
create or replace function merge_attributes(stored jsonb, incoming jsonb, rule text, cleared text[]) returns jsonb
    language sql immutable parallel safe
    return case rule
        when 'fill' then coalesce(incoming, '{}') || importonce_object(stored)
        else (importonce_object(stored) - cleared) || coalesce(incoming, '{}')
    end;

create or replace function jsonb_beyond(one jsonb, other jsonb) returns jsonb
    language sql immutable parallel safe
    return (select coalesce(jsonb_object_agg(e.key, e.value), '{}') from jsonb_each(importonce_object(one)) e
            where importonce_object(other) -> e.key is distinct from e.value);

create or replace function undone_values(stored jsonb, before jsonb, after jsonb) returns jsonb
    language sql immutable parallel safe
    return (select (importonce_object(stored) - coalesce(array_agg(k.key), '{}'))
                || coalesce(jsonb_object_agg(k.key, before -> k.key) filter (where before -> k.key is not null), '{}')
            from jsonb_object_keys(before || after) k (key)
            where importonce_object(stored) -> k.key is not distinct from after -> k.key);

create or replace function changed_since(stored jsonb, before jsonb, after jsonb) returns text[]
    language sql immutable parallel safe
    return array(select k.key from jsonb_object_keys(coalesce(before, importonce_object(stored)) || after) k (key)
                 where importonce_object(stored) -> k.key is distinct from after -> k.key
                   and (before is null or importonce_object(stored) -> k.key is distinct from before -> k.key)
                 order by k.key collate "C");

do $do$
begin
    perform set_config('lock_timeout', '30s', true);
    if not exists (select from pg_constraint where conrelid = 'contacts'::regclass and conname = 'contacts_attributes_object') then
        alter table contacts add constraint contacts_attributes_object check (jsonb_typeof(attributes) = 'object') not valid;
    end if;
end
$do$;
