package dev.importonce.source;

import dev.importonce.key.Sha256;
import dev.importonce.postgres.RootCause;
import dev.importonce.problem.ProblemException;
import dev.importonce.source.block.Block;
import dev.importonce.source.block.BlockStore;
import dev.importonce.source.block.FileRow;
import dev.importonce.source.block.Plan;
import dev.importonce.source.block.Reading;
import dev.importonce.source.block.StoredBlocks;
import dev.importonce.source.format.FormatHint;
import java.util.Iterator;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * A file to import, sent with the request or before it: its hash is known at once, how it is read only when somebody asks, which
 * may take as long as reading all of it. Closing it removes what was stored for it and never sealed. Not thread-safe.
 */
public abstract sealed class ImportFile implements AutoCloseable permits ReceivedFile, SentFile {
    private static final Logger LOG = Logger.getLogger(ImportFile.class);

    private final UUID userId;
    private final BlockStore blocks;
    private final BooleanSupplier abandoned;
    private Planned prepared;
    private boolean sealed;

    /** @param abandoned whether who sent the request has gone away */
    ImportFile(UUID userId, BlockStore blocks, BooleanSupplier abandoned) {
        this.userId = userId;
        this.blocks = blocks;
        this.abandoned = abandoned;
    }

    /** Of its bytes, as they came. */
    public abstract Sha256 sha256();

    /** As its sender names it, or null. */
    public abstract String fileName();

    /**
     * Finds out how it is read; once.
     *
     * @throws ProblemException when it cannot be read so
     */
    public Planned prepare(FormatHint hint) {
        return prepared(plan(hint));
    }

    /** The rows of a block of the plan that it was prepared with. */
    public Iterator<FileRow> rows(Block block) {
        Plan plan = prepared.plan();
        if (prepared.rendition() != null) return blocks.rows(prepared.rendition(), plan, block);
        if (plan.uploadId() == null) return rowsAsReceived(plan, block);
        return blocks.rows(userId, plan.uploadId(), plan.format(), plan.header().size(), block);
    }

    /** Makes it a source, or finds the one that has its bytes, in the current transaction; it is read as prepared. */
    public Source seal() {
        // Whether the transaction commits may never be known: from here on only the sweep can tell that nothing needs
        // it.
        sealed = true;
        return seal(prepared);
    }

    /**
     * Looks whether somebody waits for what becomes of it.
     *
     * @throws ProblemException when nobody does
     */
    public void requireSender() {
        if (abandoned.getAsBoolean()) throw Reading.abandoned();
    }

    /** Never fails: what stays behind is swept. */
    @Override
    public void close() {
        if (sealed) return;
        discard(received());
        if (prepared != null) discard(prepared.rendition());
    }

    private void discard(StoredBlocks stored) {
        try {
            if (stored != null) blocks.discard(stored);
        } catch (RuntimeException e) {
            LOG.warnf("upload %s is left to the sweep: %s", stored.uploadId(), RootCause.of(e));
        }
    }

    Planned prepared(Planned planned) {
        prepared = planned;
        return planned;
    }

    abstract Planned plan(FormatHint hint);

    abstract Iterator<FileRow> rowsAsReceived(Plan plan, Block block);

    /** @param planned null: how it is read, a mapping must say */
    abstract Source seal(Planned planned);

    /** What came with the request, or null. */
    abstract StoredBlocks received();
}
