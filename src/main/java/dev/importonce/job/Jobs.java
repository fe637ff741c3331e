package dev.importonce.job;

import dev.importonce.paging.TimeCursor;
import dev.importonce.postgres.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads jobs with their progress. */
@ApplicationScoped
class Jobs {
    private static final String FIND = "select * from migration_job_progress where id = ? and user_id = ?";

    private static final String FIND_ANYBODYS = "select * from migration_job_progress where id = ?";

    private static final String NEWEST = """
            select *
            from migration_job_progress
            where user_id = ? and (?::text is null or status = ?)
              and (?::timestamptz is null or created_at < ? or created_at = ? and id < ?)
            order by created_at desc, id desc
            limit ?
            """;

    private final Sql sql;

    Jobs(Sql sql) {
        this.sql = sql;
    }

    /** @param userId whose job it must be; null: anybody's */
    Optional<MigrationJob> find(UUID userId, UUID id) {
        return userId == null
                ? sql.first(FIND_ANYBODYS, MigrationJob::of, id)
                : sql.first(FIND, MigrationJob::of, id, userId);
    }

    /**
     * A user's jobs, newest first, from behind a position on.
     *
     * @param status null: in any
     * @param after null: from the newest on
     */
    List<MigrationJob> newest(UUID userId, JobStatus status, TimeCursor after, int limit) {
        String word = status == null ? null : status.word();
        var time = after == null ? null : after.createdAt();
        return sql.list(
                NEWEST,
                MigrationJob::of,
                userId,
                word,
                word,
                time,
                time,
                time,
                after == null ? null : after.id(),
                limit);
    }
}
