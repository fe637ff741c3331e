package dev.importonce.integrity;

import java.util.List;

/** Checks for work that has stopped, and for counters that contradict each other. */
final class ProgressChecks {
    /**
     * The last chunk opens the next step in its own transaction: in every committed state, an active job has a chunk to
     * claim.
     */
    static final Check STUCK = new Check(
            "stuck-processing",
            List.of(
                    new Check.Part(List.of("import_chunks"), """
            select count(*) as count,
                   count(*) || ' chunks whose lease ran out more than 5 minutes ago, for example of job ' || min(job_id::text) as detail
            from import_chunks
            where status = 'processing' and due_at < now() - interval '5 minutes'
            """),
                    new Check.Part(List.of("migration_jobs", "import_chunks"), """
            select count(*) as count,
                   count(*) || ' active jobs without a chunk that could be claimed, for example ' || min(j.id::text) as detail
            from migration_jobs j
            where j.status not in ('cancelled', 'completed', 'failed') and j.source_id is not null
              and not exists (
                  select from import_chunks c
                  where c.job_id = j.id and c.user_id = j.user_id and c.due_at is not null)
            """),
                    // The migration that added the columns also created this table.
                    new Check.Part(List.of("contact_before_images", "migration_jobs", "import_chunks"), """
            select count(*) as count,
                   count(*) || ' jobs being undone without a chunk that could be claimed, for example ' || min(j.id::text) as detail
            from migration_jobs j
            where j.undo_requested_at is not null and j.undone_at is null and j.undo_error is null
              and not exists (
                  select from import_chunks c
                  where c.job_id = j.id and c.user_id = j.user_id and c.step = 'undoing' and c.due_at is not null)
            """),
                    new Check.Part(List.of("send_queue"), """
            select count(*) as count,
                   count(*) || ' messages in processing whose lease ran out more than 5 minutes ago, for example ' || min(id::text) as detail
            from send_queue
            where status = 'processing' and (due_at is null or due_at < now() - interval '5 minutes')
            """)));

    /** A running job has no counters of its own yet; while it reads again, its chunks keep the counters of the first reading. */
    static final Check COUNTERS = new Check(
            "counters-match-chunks",
            List.of(
                    new Check.Part(List.of("migration_jobs", "import_chunks"), """
            with chunks as (
                select j.id, j.user_id, coalesce(sum(c.read_rows), 0) as read_rows, coalesce(sum(c.rejected), 0) as rejected,
                       coalesce(sum(c.inserted), 0) as inserted, coalesce(sum(c.updated), 0) as updated,
                       coalesce(sum(c.unchanged), 0) as unchanged, coalesce(sum(c.skipped), 0) as skipped,
                       coalesce(sum(c.overridden), 0) as overridden
                from migration_jobs j
                left join import_chunks c on c.job_id = j.id and c.user_id = j.user_id
                group by j.id, j.user_id
            )
            select count(*) as count,
                   count(*) || ' jobs whose figures are not those of their chunks, for example ' || min(j.id::text) as detail
            from migration_jobs j
            join chunks c on c.id = j.id and c.user_id = j.user_id
            where case
                when j.status in ('cancelled', 'completed', 'failed') then
                    (coalesce(j.read_rows, 0), coalesce(j.rejected, 0), coalesce(j.inserted, 0), coalesce(j.updated, 0),
                     coalesce(j.unchanged, 0), coalesce(j.skipped, 0), coalesce(j.overridden, 0))
                    is distinct from (c.read_rows, c.rejected, c.inserted, c.updated, c.unchanged, c.skipped, c.overridden)
                    or j.status = 'completed' and c.read_rows <> j.total_rows
                else
                    coalesce(j.read_rows, j.rejected, j.inserted, j.updated, j.unchanged, j.skipped, j.overridden) is not null
                    or c.read_rows > j.total_rows
                    or c.inserted + c.updated + c.unchanged + c.skipped + c.overridden + c.rejected > j.total_rows
                end
            """),
                    new Check.Part(List.of("contact_before_images", "migration_jobs", "import_chunks"), """
            select count(*) as count,
                   count(*) || ' undone jobs that inserted and updated other rows than were looked at, for example '
                       || min(j.id::text) as detail
            from migration_jobs j
            where j.undone_at is not null and j.inserted + j.updated <> (
                select coalesce(sum(c.undone + c.kept), 0)
                from import_chunks c
                where c.job_id = j.id and c.user_id = j.user_id and c.step = 'undoing')
            """)));

    /**
     * Not a fault of the data, and so not a part of {@code ok}: two campaigns may address the same person. A person should
     * check it, since it looks like a message that was sent twice.
     */
    static final Check SAME_PERSON = Check.of("same-person-twice-within-an-hour", "sent_messages", """
            select count(*) as count, count(*) || ' people' as detail
            from (
                select from sent_messages
                where sent_at > now() - interval '1 hour'
                group by org_id, prospect_id
                having count(*) > 1
            ) d
            """);

    /** Whole seconds since the oldest unclaimed chunk became due. */
    static final Check IMPORT_AGE = Check.of("import", "import_chunks", """
            select coalesce(extract(epoch from now() - min(due_at)), 0)::bigint as count, null as detail
            from import_chunks
            where due_at <= now()
            """);

    /** Whole seconds since the oldest unclaimed message became due. */
    static final Check SEND_AGE = Check.of("send", "send_queue", """
            select coalesce(extract(epoch from now() - min(due_at)), 0)::bigint as count, null as detail
            from send_queue
            where turn is not null and due_at <= now()
            """);

    /** Whole seconds since the oldest unclaimed event for the webhook became due. */
    static final Check WEBHOOK_AGE = Check.of("webhooks", "webhook_events", """
            select coalesce(extract(epoch from now() - min(due_at)), 0)::bigint as count, null as detail
            from webhook_events
            where state = 'pending' and due_at <= now()
            """);

    /** The receiver is away, or refuses; the events are tried again. */
    static final Check WEBHOOKS_LATE = Check.of("webhooks-undelivered-for-an-hour", "webhook_events", """
            select count(*) as count, count(*) || ' events' as detail
            from webhook_events
            where state = 'pending' and attempts > 0 and created_at < now() - interval '1 hour'
            """);

    /** These are tried again only when somebody says so. */
    static final Check WEBHOOKS_FAILED = Check.of("webhooks-failed-within-a-day", "webhook_events", """
            select count(*) as count, count(*) || ' events' as detail
            from webhook_events
            where state = 'failed' and ended_at > now() - interval '1 day'
            """);

    private ProgressChecks() {}
}
