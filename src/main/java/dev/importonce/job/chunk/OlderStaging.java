package dev.importonce.job.chunk;

import dev.importonce.postgres.Sql;
import dev.importonce.target.declare.Target;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Contacts that an instance of an older version has staged, in a table of its own. While such instances run, a job may be read by
 * one version and merged by another: this version merges what either has read. An older one finds nothing of what this one has
 * read, and has the job read again; so an import may be read several times until no older instance is left. Then this class and
 * the table can go.
 */
@ApplicationScoped
class OlderStaging {
    private static final String IS_THERE = """
            select exists (select from contact_staging where job_id = ? and user_id = ? and share = ?) as there
            """;

    /** Rows that this version has staged of the same block are the same ones: a merge counts each block once. */
    private static final String ADOPT = """
            with older as (
                delete from contact_staging
                where job_id = ? and user_id = ? and share = ?
                returning job_id, user_id, share, block, row_no, id, email, first_name, last_name, phone, company, attributes
            )
            insert into target_staging (job_id, user_id, share, owner_id, block, row_no, id, v1, v2, v3, v4, v5, v6)
            select job_id, user_id, share, ?::uuid, block, row_no, id, email, first_name, last_name, phone, company, attributes
            from older
            """;

    /** Of a job that has ended nobody merges anything. */
    private static final String SWEEP = """
            delete from contact_staging s
            using migration_jobs j
            where j.id = s.job_id and j.user_id = s.user_id and j.finished_at < now() - interval '1 hour'
            """;

    private final Sql sql;

    OlderStaging(Sql sql) {
        this.sql = sql;
    }

    /** Takes over what is there for the share, in the transaction of its merge. */
    void adopt(ChunkClaim claim, Target target) {
        if (!target.isShipped()) return;
        Object[] share = {claim.jobId(), claim.userId(), claim.ordinal()};
        if (sql.one(IS_THERE, row -> row.bool("there"), share))
            sql.update(ADOPT, claim.jobId(), claim.userId(), claim.ordinal(), claim.orgId());
    }

    /** @return number of rows of ended jobs that were deleted */
    int sweep() {
        return sql.update(SWEEP);
    }
}
