package dev.importonce.job.undo;

import dev.importonce.postgres.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/**
 * Before-images of contacts that a version has written which kept them in a table of their own, 500 to a row. They are kept for
 * 30 days, as all are; when no such version runs and the table is empty, it can go, and this class with it.
 */
@ApplicationScoped
class EarlierImages {
    /**
     * Moves those of a share to the table of all targets. An earlier image has only the values that the import changed; what is
     * null both before and after has not been changed, and is not looked at.
     */
    private static final String MOVE = """
            with taken as (
                delete from contact_before_images
                where job_id = ? and user_id = ? and share = ?
                returning contact_id, email, before, after, attributes_before, attributes_after
            )
            insert into target_before_images (job_id, user_id, share, n, key, before, after)
            select ?::uuid, ?::uuid, ?::integer, row_number() over (order by i.email collate "C"), array[i.email, i.contact_id::text],
                   case when i.before is not null then array[i.before ->> 'firstName', i.before ->> 'lastName', i.before ->> 'phone',
                       i.before ->> 'company', i.attributes_before::text] end,
                   array[i.after ->> 'firstName', i.after ->> 'lastName', i.after ->> 'phone', i.after ->> 'company',
                       i.attributes_after::text]
            from taken t
            cross join unnest(t.contact_id, t.email, t.before, t.after, t.attributes_before, t.attributes_after)
                as i (contact_id, email, before, after, attributes_before, attributes_after)
            """;

    private static final String FORGET = "delete from contact_before_images where job_id = ? and user_id = ?";

    private final Sql sql;

    EarlierImages(Sql sql) {
        this.sql = sql;
    }

    /** Makes them images like any others; runs inside the transaction of the share's undo. */
    void move(UUID jobId, UUID userId, int share) {
        sql.update(MOVE, jobId, userId, share, jobId, userId, share);
    }

    /** Deletes those of a job. */
    void forget(UUID jobId, UUID userId) {
        sql.update(FORGET, jobId, userId);
    }
}
