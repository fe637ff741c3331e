package dev.importonce.job.chunk;

import dev.importonce.postgres.Row;
import dev.importonce.postgres.Sql;
import dev.importonce.queue.Deaths;
import dev.importonce.queue.QueueConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Claims chunks, extends the claims and gives chunks back. Each statement commits by itself, so that a frozen process holds
 * no row lock.
 */
@ApplicationScoped
public class ChunkClaims {
    /**
     * If two workers claim at once, skip locked gives them different chunks. A chunk whose lease has expired is due again
     * without any other step, so this statement is also the rescue. The CTE is materialized: if the planner merged it into
     * the update, it could apply the limit per row.
     */
    private static final String CLAIM = """
            with due as materialized (
                select job_id, user_id, step, ordinal, due_at, status = 'processing' as died, status = 'processing' and alone as died_alone
                from import_chunks
                where due_at <= now() and step = any (?)
                order by turn
                limit 1
                for update skip locked
            )
            update import_chunks c
            set status = 'processing', token = c.token + 1, attempts = c.attempts + 1, due_at = now() + ?::interval,
                deaths = c.deaths + due.died::integer, deaths_alone = c.deaths_alone + due.died_alone::integer, alone = false
            from due
            join migration_jobs j on j.id = due.job_id and j.user_id = due.user_id
            join sources s on s.id = j.source_id and s.user_id = j.user_id
            where c.job_id = due.job_id and c.user_id = due.user_id and c.step = due.step and c.ordinal = due.ordinal
            returning c.job_id, c.user_id, c.step, c.ordinal, c.token, c.attempts, c.deaths, c.deaths_alone, due.died,
                (extract(epoch from now() - due.due_at) * 1000)::bigint as waited_millis, c.byte_offset, c.byte_length, c.first_row,
                c.row_count, j.status <> 'pending' as job_started, j.org_id, j.mapping, j.format, j.blocks, j.shares,
                coalesce(j.upload_id, s.upload_id) as upload_id, j.traceparent
            """;

    /**
     * A separate statement, not a part of the claim: a transaction that holds the job's row may wait for the chunk's row.
     * The commit does not wait for the disk: if a database crash loses it, the chunk's next claim repeats it.
     */
    private static final String START_JOB = """
            update migration_jobs set status = 'processing', started_at = now(), updated_at = now()
            from (select set_config('synchronous_commit', 'off', true)) as lazily
            where id = ? and user_id = ? and status = 'pending'
            """;

    private static final String EXTEND = """
            update import_chunks set due_at = now() + ?::interval
            where job_id = ? and user_id = ? and step = ? and ordinal = ? and token = ? and status = 'processing'
            """;

    private static final String RELEASE = """
            update import_chunks
            set status = 'pending', due_at = now() + ?::interval, attempts = attempts - ?, last_error = ?
            where job_id = ? and user_id = ? and step = ? and ordinal = ? and token = ? and status = 'processing'
            """;

    /** Written for the next claim, which needs it if this worker crashes. */
    private static final String BEGIN_ALONE = """
            update import_chunks set alone = true, due_at = now() + ?::interval
            where job_id = ? and user_id = ? and step = ? and ordinal = ? and token = ? and status = 'processing'
            """;

    /**
     * The next claim has counted this one as a death, which is corrected here; a chunk that has ended meanwhile is not
     * changed any more.
     */
    private static final String OUTLIVE = """
            update import_chunks set deaths_alone = deaths_alone - 1
            where job_id = ? and user_id = ? and step = ? and ordinal = ? and status in ('pending', 'processing') and deaths_alone > 0
            """;

    private static final String DUE = "select count(*) as due from import_chunks where due_at <= now()";

    private final Sql sql;
    private final String lease;

    ChunkClaims(Sql sql, QueueConfig config) {
        this.sql = sql;
        this.lease = config.lease().toString();
    }

    public Optional<ChunkClaim> claim() {
        return claim(ChunkClaim.Step.values());
    }

    /** Claims only chunks that read, not those that write to the target. */
    Optional<ChunkClaim> claimReading() {
        return claim(ChunkClaim.Step.READING);
    }

    private Optional<ChunkClaim> claim(ChunkClaim.Step... steps) {
        String[] words = Stream.of(steps).map(ChunkClaim.Step::word).toArray(String[]::new);
        return sql.first(CLAIM, this::read, words, lease);
    }

    long due() {
        return sql.one(DUE, row -> row.bigint("due"));
    }

    boolean startJob(ChunkClaim claim) {
        return sql.update(START_JOB, claim.jobId(), claim.userId()) == 1;
    }

    /** @return whether this worker still held the claim */
    boolean extend(ChunkClaim claim) {
        return lease(EXTEND, claim);
    }

    /** @return whether this worker still held the claim */
    boolean beginAlone(ChunkClaim claim) {
        return lease(BEGIN_ALONE, claim);
    }

    private boolean lease(String statement, ChunkClaim claim) {
        return sql.update(
                        statement,
                        lease,
                        claim.jobId(),
                        claim.userId(),
                        claim.step().word(),
                        claim.ordinal(),
                        claim.token())
                == 1;
    }

    /** The claim was lost, but its worker survived. */
    void outlive(ChunkClaim claim) {
        sql.update(OUTLIVE, claim.jobId(), claim.userId(), claim.step().word(), claim.ordinal());
    }

    /**
     * Makes a failed chunk due again after the delay.
     *
     * @param counted whether it counts as an attempt
     * @return whether this worker still held the claim
     */
    boolean retryLater(ChunkClaim claim, Duration delay, String error, boolean counted) {
        return release(claim, delay, counted ? 0 : 1, error);
    }

    /** Gives an unfinished chunk back, as if it had not been claimed. */
    public void giveBack(ChunkClaim claim) {
        release(claim, Duration.ZERO, 1, null);
    }

    /** As {@link #giveBack}, but the chunk is due only after the delay. */
    void putOff(ChunkClaim claim, Duration delay) {
        release(claim, delay, 1, null);
    }

    private boolean release(ChunkClaim claim, Duration delay, int uncounted, String error) {
        return sql.update(
                        RELEASE,
                        delay.toString(),
                        uncounted,
                        error,
                        claim.jobId(),
                        claim.userId(),
                        claim.step().word(),
                        claim.ordinal(),
                        claim.token())
                == 1;
    }

    private ChunkClaim read(Row row) {
        return new ChunkClaim(
                row.uuid("job_id"),
                row.uuid("user_id"),
                ChunkClaim.Step.valueOf(row.text("step").toUpperCase(java.util.Locale.ROOT)),
                row.integer("ordinal"),
                row.bigint("token"),
                row.integer("attempts"),
                new Deaths(row.integer("deaths"), row.integer("deaths_alone"), row.bool("died")),
                Duration.ofMillis(row.bigint("waited_millis")),
                row.bool("job_started"),
                row.uuid("org_id"),
                row.text("mapping"),
                row.text("format"),
                row.integer("blocks"),
                row.integer("shares"),
                row.uuid("upload_id"),
                row.bigint("byte_offset"),
                row.integer("byte_length"),
                row.bigint("first_row"),
                row.integer("row_count"),
                row.text("traceparent"));
    }
}
