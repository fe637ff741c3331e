-- What can be seen of an address as imports store it now. Before the @: nothing in upper case, nothing that RFC 5321 (4.1.2) allows
-- between quotation marks only, no quotation marks (but ' and `, which names have), and none of the characters of Unicode 17 that
-- are not seen (white space, controls, format and default-ignorable ones); behind it a domain in ASCII. One regular expression: two
-- take half as long again, for each row.
-- It replaces contacts_email_normalised at once where no import has run: elsewhere instances of an older version may still be
-- running, and their imports, which take more, would fail for rows that they have read. There "dedupe contacts --apply" replaces it
-- when none of them is left.
do $do$
begin
    perform set_config('lock_timeout', '30s', true), set_config('client_min_messages', 'warning', true);
    if not exists (select from pg_constraint where conrelid = 'contacts'::regclass and conname = 'contacts_email_shape') then
        if exists (select from migration_jobs where source_id is not null) then
            raise warning 'contacts keeps its older check of addresses; when no older version is running, run: dedupe contacts --apply';
            return;
        end if;
        alter table contacts add constraint contacts_email_shape check (octet_length(email) <= 254 and email ~ '^[^@A-Z"(),:;<>[\]\\\u0001-\u0020\u007f-\u00a0\u00ab\u00ad\u00b4\u00bb\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2018-\u201f\u2028-\u202f\u2032\u2033\u2035\u2036\u2039\u203a\u205f-\u206f\u2e42\u3000\u300c-\u300f\u301d-\u301f\u3164\ufe00-\ufe0f\ufe41-\ufe44\ufeff\uff02\uff07\uff62\uff63\uffa0\ufff0-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]+@[a-z0-9-]+(\.[a-z0-9-]+)+$');
    end if;
    if exists (select from pg_constraint where conrelid = 'contacts'::regclass and conname = 'contacts_email_shape' and convalidated) then
        alter table contacts drop constraint if exists contacts_email_normalised;
    end if;
exception when check_violation then
    raise warning 'contacts has addresses that are not normalised; run: dedupe contacts --apply';
end
$do$;
