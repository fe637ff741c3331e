package dev.importonce.job.chunk;

import dev.importonce.job.mapping.Columns;
import dev.importonce.job.mapping.JobColumns;
import dev.importonce.job.mapping.JobTargets;
import dev.importonce.job.mapping.Mapping;
import dev.importonce.job.mapping.MappingReader;
import dev.importonce.json.Json;
import dev.importonce.postgres.Sql;
import dev.importonce.source.block.BlockStore;
import dev.importonce.source.format.Format;
import dev.importonce.target.declare.Target;
import dev.importonce.target.merge.BulkUpsert;
import dev.importonce.target.merge.Layout;
import dev.importonce.target.merge.RowMapper;
import dev.importonce.target.merge.Staging;
import dev.importonce.words.Sentence;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.Semaphore;

/** Reads a block: its records parsed, mapped and checked in memory, then staged in one transaction. */
@ApplicationScoped
class ReadStep implements ChunkStep {
    /**
     * Runs after the check of the token, so that nobody waits for the row of a stalled worker. An upsert, since a block is
     * read again after a crash has emptied staging.
     */
    private static final String KEEP_REJECTS = """
            insert into import_rejects (job_id, user_id, ordinal, rejects)
            values (?, ?, ?, convert_from(?, 'UTF8')::json)
            on conflict (job_id, user_id, ordinal) do update set rejects = excluded.rejects
            """;

    /** Average bytes of a row: the size of the widest row is not known before the block is read. */
    private static final int WIDE = 16 * 1024;

    private final BlockStore blocks;
    private final JobColumns columns;
    private final MappingReader mappings;
    private final JobTargets targets;
    private final JobEvidence evidence;
    private final BulkUpsert upsert;
    private final Checkpoint checkpoint;
    private final ChunkTransaction transaction;
    private final Sql sql;
    private final Json json;

    /**
     * While a row of half a million cells is read, it takes 25 times its size in memory, and control characters take six
     * times their size in a list of rejects: a small heap has no room for such rows on every thread. A thread that waits
     * here keeps its claim; the next claim may be that of another job.
     */
    private final Semaphore wideRows = new Semaphore(1);

    ReadStep(
            BlockStore blocks,
            JobColumns columns,
            MappingReader mappings,
            JobTargets targets,
            JobEvidence evidence,
            BulkUpsert upsert,
            Checkpoint checkpoint,
            ChunkTransaction transaction,
            Sql sql,
            Json json) {
        this.blocks = blocks;
        this.columns = columns;
        this.mappings = mappings;
        this.targets = targets;
        this.evidence = evidence;
        this.upsert = upsert;
        this.checkpoint = checkpoint;
        this.transaction = transaction;
        this.sql = sql;
        this.json = json;
    }

    @Override
    public ChunkClaim.Step step() {
        return ChunkClaim.Step.READING;
    }

    @Override
    public Sentence failure(ChunkClaim claim) {
        return Sentence.of("rows-not-read", claim.firstRow());
    }

    @Override
    public void run(ChunkClaim claim) {
        if (claim.byteLength() < (long) WIDE * claim.rowCount()) {
            read(claim);
            return;
        }
        wideRows.acquireUninterruptibly();
        try {
            read(claim);
        } finally {
            wideRows.release();
        }
    }

    private void read(ChunkClaim claim) {
        Mapping mapping = mappings.stored(claim.mapping());
        Target target = targets.of(claim.userId(), claim.jobId(), mapping);
        Staging staging = stage(claim, mapping, target);
        transaction.run(() -> {
            // A crash that loses this checkpoint also loses the staging rows: the block is then read again, with the
            // same result.
            sql.commitLazily();
            upsert.stage(target, staging, claim.jobId(), claim.userId(), claim.orgId(), claim.ordinal());
            checkpoint.read(claim, staging);
            if (!staging.rejects().isEmpty())
                sql.update(KEEP_REJECTS, claim.jobId(), claim.userId(), claim.ordinal(), json.utf8(staging.rejects()));
            return null;
        });
    }

    private Staging stage(ChunkClaim claim, Mapping mapping, Target target) {
        List<String> header = columns.of(claim.userId(), claim.jobId());
        Format format = json.read(claim.format(), Format.class);
        Layout layout = Columns.layout(mapping, header);
        RowMapper mapper = new RowMapper(target, layout, claim.userId(), evidence.of(claim, format, target, layout));
        Staging staging = new Staging(target, mapper, claim.shares());
        blocks.rows(claim.userId(), claim.uploadId(), format, header.size(), claim.block())
                .forEachRemaining(row -> staging.add(row.number(), row.cells(), row.numbers(), row.fault()));
        if (staging.rows() != claim.rowCount())
            throw new IllegalStateException(
                    claim + " has " + staging.rows() + " records, " + claim.rowCount() + " were planned");
        return staging;
    }
}
