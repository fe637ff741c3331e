package dev.importonce.job.submit;

import dev.importonce.job.JobConfig;
import dev.importonce.job.mapping.Columns;
import dev.importonce.json.Json;
import dev.importonce.key.BaseKey;
import dev.importonce.key.CanonicalJson;
import dev.importonce.key.IdempotencyKey;
import dev.importonce.key.Ids;
import dev.importonce.key.Sha256;
import dev.importonce.postgres.Sql;
import dev.importonce.queue.Counted;
import dev.importonce.queue.QueueConfig;
import dev.importonce.queue.Traces;
import dev.importonce.queue.WorkReady;
import dev.importonce.source.Planned;
import dev.importonce.source.Source;
import dev.importonce.source.block.Plan;
import io.opentelemetry.api.trace.Span;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Creates a job for a submission, unless there is one already. */
@ApplicationScoped
public class SubmitJob {
    private static final Logger LOG = Logger.getLogger(SubmitJob.class);

    /**
     * If two requests with the same Idempotency-Key run at once, the second one waits here until the first one commits. A
     * key that is older than 30 days counts as new.
     */
    private static final String CLAIM_KEY = """
            insert into idempotency_keys as k (user_id, key, base_idempotency_key)
            values (?, ?, ?)
            on conflict (user_id, key) do update set
                base_idempotency_key = case when excluded.created_at - k.created_at > interval '30 days'
                    then excluded.base_idempotency_key else k.base_idempotency_key end,
                job_id = case when excluded.created_at - k.created_at > interval '30 days' then null else k.job_id end,
                created_at = case when excluded.created_at - k.created_at > interval '30 days'
                    then excluded.created_at else k.created_at end
            returning k.base_idempotency_key, k.job_id
            """;

    private static final String SEEN_AGAIN = """
            update migration_jobs set duplicate_requests = duplicate_requests + 1
            where id = ? and user_id = ?
            returning id, status
            """;

    private static final String KEEP_KEY = "update idempotency_keys set job_id = ? where user_id = ? and key = ?";

    /**
     * If two callers submit at once, the index lets one of them insert, and the other one gets that row. The predicate has
     * literals: with a bind parameter, PostgreSQL could not match it with the partial index in a generic plan, which it uses
     * from the sixth execution on. The turns of an organisation's jobs are a second apart, so that many jobs of one
     * organisation alternate with jobs that others submit meanwhile, and are not all ahead of them.
     */
    private static final String SUBMIT = """
            insert into migration_jobs as j (id, user_id, org_id, target, source_id, file_name, mapping, format, header,
                base_idempotency_key, idempotency_key, retry_of, blocks, shares, total_rows, upload_id, notices, traceparent, declaration, turn)
            values (?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?,
                (select t.declaration from import_targets t where t.name = ?), greatest(now(), (
                select max(turn) + interval '1 second'
                from migration_jobs
                where org_id = ? and status not in ('cancelled', 'completed', 'failed'))))
            on conflict (user_id, base_idempotency_key) where status not in ('cancelled', 'completed', 'failed')
            do update set duplicate_requests = j.duplicate_requests + 1, updated_at = excluded.updated_at
            returning j.id, j.status
            """;

    /**
     * The turns of a job's blocks are one second apart, those of its shares five seconds, so that small jobs overtake the
     * rest of large ones.
     */
    private static final String CUT = """
            insert into import_chunks (job_id, user_id, step, ordinal, status, due_at, turn, byte_offset, byte_length, first_row, row_count)
            select j.id, j.user_id, 'reading', b.ordinal, 'pending', now(), j.turn + b.ordinal * interval '1 second',
                   b.byte_offset, b.byte_length, b.first_row, b.row_count
            from migration_jobs j, unnest(?::integer[], ?::bigint[], ?::integer[], ?::bigint[], ?::integer[])
                as b (ordinal, byte_offset, byte_length, first_row, row_count)
            where j.id = ? and j.user_id = ?
            union all
            select j.id, j.user_id, 'merging', s.ordinal, 'waiting', null, j.turn + s.ordinal * interval '5 seconds',
                   null, null, null, null
            from migration_jobs j, generate_series(0, j.shares - 1) as s (ordinal)
            where j.id = ? and j.user_id = ?
            """;

    private static final int MAX_SHARES = 64;

    /** The number of workers that a process without workers assumes. */
    private static final int OTHERS_WORKERS = 2;

    /** How long callers wait for a transaction that creates the job, before they begin their own. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /**
     * Maximum number of rows in a single share, which is merged all or nothing: a second worker would save less than a tenth
     * of a second.
     */
    private static final int MERGED_BY_ONE = 5000;

    private final Sql sql;
    private final ActiveJobLookup lookup;
    private final OneAtATime<BaseKey, Submitted> oneAtATime = new OneAtATime<>(PATIENCE);
    private final Json json;
    private final JobConfig config;
    private final QueueConfig queue;
    private final Traces traces;
    private final Event<WorkReady> ready;
    private final Event<Counted> counted;

    SubmitJob(
            Sql sql,
            ActiveJobLookup lookup,
            Json json,
            JobConfig config,
            QueueConfig queue,
            Traces traces,
            Event<WorkReady> ready,
            Event<Counted> counted) {
        this.counted = counted;
        this.traces = traces;
        this.sql = sql;
        this.lookup = lookup;
        this.json = json;
        this.config = config;
        this.queue = queue;
        this.ready = ready;
    }

    /**
     * One statement answers every request except the first, whatever its file is; the first request creates the job in one
     * transaction.
     */
    Submitted submit(Submission submission) {
        String mapping = json.write(submission.mapping());
        BaseKey base = BaseKey.of(
                submission.caller().user(),
                Sha256.hash(CanonicalJson.of(mapping)),
                submission.file().sha256());
        return oneAtATime.run(base, new Task(submission, mapping, base));
    }

    /** Creates the job with its source and all its chunks, or nothing. */
    @Transactional
    Submitted create(Submission submission, String mapping, BaseKey base) {
        if (submission.clientKey() == null) return insert(submission, mapping, base);
        UUID user = submission.caller().user();
        Key key = sql.one(
                CLAIM_KEY,
                row -> new Key(row.text("base_idempotency_key"), row.uuid("job_id")),
                user,
                submission.clientKey(),
                base.value());
        boolean same = key.base().equals(base.value());
        if (!same) return new Submitted.KeyReused();
        if (key.jobId() != null) return seenBefore(user, key.jobId(), base);
        Submitted.Found found = insert(submission, mapping, base);
        sql.update(KEEP_KEY, found.job().id(), user, submission.clientKey());
        return found;
    }

    private Submitted seenBefore(UUID user, UUID jobId, BaseKey base) {
        return new Submitted.SeenBefore(sql.one(SEEN_AGAIN, row -> Submitted.Ref.of(row, base), jobId, user));
    }

    private Submitted.Found insert(Submission submission, String mapping, BaseKey base) {
        Source source = submission.file().seal();
        UUID user = submission.caller().user();
        UUID id = Ids.next();
        Plan plan = source.plan();
        int blocks = plan.readable().size();
        int shares = shares(plan.rowCount(), submission.mapping().undoable());
        Submitted.Ref job = sql.one(
                SUBMIT,
                row -> Submitted.Ref.of(row, base),
                id,
                user,
                submission.mapping().orgId(),
                submission.mapping().target(),
                source.id(),
                submission.fileName() == null ? source.fileName() : submission.fileName(),
                mapping,
                json.write(plan.format()),
                plan.header().toArray(String[]::new),
                base.value(),
                IdempotencyKey.of(base, id).value(),
                submission.retryOf(),
                blocks,
                shares,
                plan.rowCount(),
                plan.uploadId(),
                json.write(source.notices()),
                traces.current(),
                submission.mapping().target(),
                submission.mapping().orgId());
        if (!job.id().equals(id)) return new Submitted.AlreadyActive(job);
        cut(id, user, plan);
        Span.current().setAttribute("importonce.import", id.toString());
        ready.fire(new WorkReady(true));
        counted.fire(new Counted("importonce.jobs", "created", 1));
        LOG.infof(
                "job %s created: user %s, %d rows in %d blocks, %d shares", id, user, plan.rowCount(), blocks, shares);
        return new Submitted.Created(job);
    }

    /**
     * A multiple of the number of workers, so that all of them finish at about the same time, but no more shares than are
     * worth a transaction each.
     */
    private int shares(long rows, boolean undoable) {
        int workers = queue.workers() == 0 ? OTHERS_WORKERS : queue.workers();
        int most = undoable ? Math.max(1, config.shareRows() / 5 * 2) : config.shareRows();
        long even = ceilDiv(rows, (long) workers * most) * workers;
        long worthwhile = ceilDiv(rows, Math.max(1, Math.min(MERGED_BY_ONE, most / 2)));
        return (int) Math.min(MAX_SHARES, Math.min(even, worthwhile));
    }

    private static long ceilDiv(long dividend, long divisor) {
        return (dividend + divisor - 1) / divisor;
    }

    private void cut(UUID id, UUID user, Plan plan) {
        var blocks = plan.readable();
        sql.update(
                CUT,
                blocks.stream().map(block -> block.ordinal()).toArray(Integer[]::new),
                blocks.stream().map(block -> block.recordsOffset()).toArray(Long[]::new),
                blocks.stream().map(block -> block.recordsLength()).toArray(Integer[]::new),
                blocks.stream().map(block -> block.firstRow()).toArray(Long[]::new),
                blocks.stream().map(block -> block.rowCount()).toArray(Integer[]::new),
                id,
                user,
                id,
                user);
    }

    private final class Task implements OneAtATime.Task<Submitted> {
        private final Submission submission;
        private final String mapping;
        private final BaseKey base;

        Task(Submission submission, String mapping, BaseKey base) {
            this.submission = submission;
            this.mapping = mapping;
            this.base = base;
        }

        @Override
        public Optional<Submitted> done() {
            UUID user = submission.caller().user();
            return submission.clientKey() == null
                    ? lookup.absorb(user, base)
                    : lookup.seenBefore(user, submission.clientKey(), base);
        }

        /** Takes as long as reading the file, outside of any transaction. */
        @Override
        public void prepare() {
            Planned planned = submission.file().prepare(submission.mapping().hint());
            planned.requireEncoding();
            Columns.layout(submission.mapping(), planned.plan());
        }

        @Override
        public Submitted attempt() {
            return create(submission, mapping, base);
        }

        @Override
        public void requireCaller() {
            submission.file().requireSender();
        }
    }

    /** @param base the stored base key; that of another version may have another form */
    private record Key(String base, UUID jobId) {}
}
