package dev.importonce.source;

import dev.importonce.key.Sha256;
import dev.importonce.problem.ProblemException;
import java.util.Iterator;
import java.util.UUID;

/**
 * A file to import, sent with the request or before it: its hash is known at once, how it is read only when somebody asks, which
 * may take as long as reading all of it. Closing it removes what was stored for it and never sealed. Not thread-safe.
 */
public abstract sealed class ImportFile implements AutoCloseable permits ReceivedFile, SentFile {
    private final UUID userId;
    private final BlockStore blocks;
    private Planned prepared;
    private boolean sealed;

    ImportFile(UUID userId, BlockStore blocks) {
        this.userId = userId;
        this.blocks = blocks;
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
        Source source = seal(prepared);
        // What becomes of the transaction may never be known: from here on only the sweep may tell that nothing needs
        // it.
        sealed = true;
        return source;
    }

    @Override
    public void close() {
        if (sealed) return;
        discardReceived();
        if (prepared != null && prepared.rendition() != null) blocks.discard(prepared.rendition());
    }

    Planned prepared(Planned planned) {
        prepared = planned;
        return planned;
    }

    abstract Planned plan(FormatHint hint);

    abstract Iterator<FileRow> rowsAsReceived(Plan plan, Block block);

    /** @param planned null: how it is read, a mapping must say */
    abstract Source seal(Planned planned);

    abstract void discardReceived();
}
