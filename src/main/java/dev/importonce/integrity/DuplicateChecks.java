package dev.importonce.integrity;

import java.util.List;

/** Finds natural keys that occur more than once. Unique indexes forbid this; these checks examine the rows themselves. */
final class DuplicateChecks {
    static final Check JOBS = Check.of("active-duplicate-jobs", "migration_jobs", """
            select coalesce(sum(n - 1), 0)::bigint as count,
                   sum(n - 1) || ' surplus active jobs of ' || count(*) || ' base keys, for example '
                       || array_to_string((array_agg(example))[1:3], ', ') as detail
            from (
                select count(*) as n, max(id::text) as example
                from migration_jobs
                where status not in ('cancelled', 'completed', 'failed') and base_idempotency_key is not null
                group by user_id, base_idempotency_key
                having count(*) > 1
            ) d
            """);

    /**
     * Compares the value of the column if it is just an address; otherwise the address inside it, lower-cased, as far as SQL
     * can find it, since PostgreSQL has no UTS #46. The clean-up uses the rule of imports. {@code around} has the characters
     * that are found around an address and, except for the first two, not inside.
     */
    static final Check CONTACTS = Check.of("duplicate-contacts", "contacts", """
            select coalesce(sum(n - 1), 0)::bigint as count,
                   sum(n - 1) || ' surplus contacts of ' || count(*) || ' addresses, for example '
                       || array_to_string((array_agg(example))[1:3], ', ') as detail
            from (
                select count(*) as n, max(id::text) as example
                from contacts, (values ('\
            ''`"(),:;<>[\\]\\\\\\u0001-\\u0020\\u007f-\\u00bf\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u2000-\\u206f\
            \\u2e42\\u3000-\\u301f\\u3164\\ufe00-\\ufe0f\\ufe41-\\ufe44\\ufeff-\\uff02\\uff07\\uff62\\uff63\\uffa0\\ufff0-\\ufffb\
            \\U000e0000-\\U000e0fff')) a (around)
                where email is not null
                group by org_id, case when email ~ '^[a-z0-9_.+-]+@[a-z0-9.-]+$' then email
                    else lower(coalesce(substring(email from format(
                        '(?i)^(?:[^@<]*<|mailto:|[%1$s])*([^@%1$s](?:[^@%1$s]|[''`])*@[^@?%1$s]+)(?:\\?[^@]*)?[%1$s]*$', around)),
                        email) collate "default") end
                having count(*) > 1
            ) d
            """);

    /** Rows without a key are compared by their members, with each other and with the rows that have a key. */
    static final Check CHATS = Check.of("duplicate-chats", "chats", """
            with bare as (
                select c.id, (
                    select array_agg(distinct m collate "C" order by m collate "C") from unnest(c.participants) m) as members
                from chats c
                where c.participants_key is null and c.merged_into is null
            ), same as (
                select count(*) as n, max(id::text) as example
                from chats
                where participants_key is not null
                group by participants_key
                having count(*) > 1
                union all
                select count(*) + bool_or(b.members in (
                           select k.participants collate "C" from chats k where k.participants_key is not null))::integer,
                       max(b.id::text)
                from bare b
                group by b.members
            )
            select coalesce(sum(n - 1), 0)::bigint as count,
                   sum(n - 1) || ' surplus chats of ' || count(*) || ' sets of participants, for example '
                       || array_to_string((array_agg(example))[1:3], ', ') as detail
            from same
            where n > 1
            """);

    static final Check MESSAGES = new Check(
            "duplicate-messages",
            List.of(new Check.Part(List.of("sent_messages"), """
            select coalesce(sum(n - 1), 0)::bigint as count,
                   sum(n - 1) || ' messages sent more than once, ' || count(*) || ' steps, for example item '
                       || array_to_string((array_agg(example))[1:3], ', ') as detail
            from (
                select count(*) as n, max(item_id::text) as example
                from sent_messages
                group by org_id, campaign_id, prospect_id, step
                having count(*) > 1
            ) d
            """), new Check.Part(List.of("send_queue"), """
            select coalesce(sum(n - 1), 0)::bigint as count,
                   sum(n - 1) || ' surplus items in the send queue, ' || count(*) || ' steps, for example '
                       || array_to_string((array_agg(example))[1:3], ', ') as detail
            from (
                select count(*) as n, max(id::text) as example
                from send_queue
                group by org_id, campaign_id, prospect_id, step
                having count(*) > 1
            ) d
            """)));

    private DuplicateChecks() {}
}
