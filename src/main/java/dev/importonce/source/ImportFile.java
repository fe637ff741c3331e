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
 * A file to import, sent with the request or before it. Its hash is known at once; how to read it is found out only on
 * request, which may take as long as reading the whole file. Closing it removes data that was stored for it and not sealed.
 * Not thread-safe.
 */
public abstract sealed class ImportFile implements AutoCloseable permits ReceivedFile, SentFile {
    private static final Logger LOG = Logger.getLogger(ImportFile.class);

    private final UUID userId;
    private final BlockStore blocks;
    private final BooleanSupplier abandoned;
    private Planned prepared;
    private boolean sealed;

    /** @param abandoned whether the sender of the request has disconnected */
    ImportFile(UUID userId, BlockStore blocks, BooleanSupplier abandoned) {
        this.userId = userId;
        this.blocks = blocks;
        this.abandoned = abandoned;
    }

    /** The hash of its bytes as received. */
    public abstract Sha256 sha256();

    /** The name that its sender gave it, or null. */
    public abstract String fileName();

    /**
     * Finds out how to read the file; called once.
     *
     * @throws ProblemException when the file cannot be read in this way
     */
    public Planned prepare(FormatHint hint) {
        return prepared(plan(hint));
    }

    /** The rows of a block of the plan that {@link #prepare} has made. */
    public Iterator<FileRow> rows(Block block) {
        Plan plan = prepared.plan();
        if (prepared.rendition() != null) return blocks.rows(prepared.rendition(), plan, block);
        if (plan.uploadId() == null) return rowsAsReceived(plan, block);
        return blocks.rows(userId, plan.uploadId(), plan.format(), plan.header().size(), block);
    }

    /**
     * Makes the file a source, or finds the source that has its bytes, in the current transaction; the source is read as
     * prepared.
     */
    public Source seal() {
        // It may never be known whether the transaction commits: from here on only the sweep can find out that the
        // upload is not needed.
        sealed = true;
        return seal(prepared);
    }

    /**
     * Checks whether the sender still waits for the answer.
     *
     * @throws ProblemException when the sender has disconnected
     */
    public void requireSender() {
        if (abandoned.getAsBoolean()) throw Reading.abandoned();
    }

    /** Never fails: a sweeper removes data that this could not remove. */
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

    /** @param planned null: a mapping must say how to read the file */
    abstract Source seal(Planned planned);

    /** The blocks that came with the request, or null. */
    abstract StoredBlocks received();
}
