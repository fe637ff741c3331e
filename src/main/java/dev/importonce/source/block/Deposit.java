package dev.importonce.source.block;

import dev.importonce.key.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Blocks on their way into an upload: kept in memory while they are few, else stored as they come, some megabytes at a
 * time while the next ones are being read. Not thread-safe.
 */
public final class Deposit {
    private static final int FLUSH_BYTES = 2 << 20;

    private final BlockStore store;
    private final UUID userId;
    private final UUID uploadId = Ids.next();
    private final List<Block> all = new ArrayList<>();
    private final List<Block> blocks = new ArrayList<>();
    private final List<byte[]> payloads = new ArrayList<>();
    private CompletableFuture<Void> storing = CompletableFuture.completedFuture(null);
    private int bytes;
    private int flushes;

    public Deposit(BlockStore store, UUID userId) {
        this.store = store;
        this.userId = userId;
    }

    /** Takes the next block. */
    public void add(Block block, byte[] payload) {
        all.add(block);
        blocks.add(block);
        payloads.add(payload);
        bytes += payload.length;
        if (bytes >= FLUSH_BYTES) flush();
    }

    /** Ends it. */
    public StoredBlocks finish() {
        boolean stored = flushes > 0;
        if (stored) {
            flush();
            awaitStored();
        }
        return new StoredBlocks(userId, uploadId, List.copyOf(all), List.copyOf(payloads), stored);
    }

    /** Removes what has been stored. */
    public void discard() {
        // What is still being stored would stay.
        boolean failed = storing.handle((done, failure) -> failure != null).join();
        if (flushes > (failed ? 1 : 0)) store.discard(userId, uploadId);
    }

    private void flush() {
        if (blocks.isEmpty()) return;
        // One at a time: in order, and never more in memory than twice what is flushed.
        awaitStored();
        storing = store.appendAside(userId, uploadId, List.copyOf(blocks), List.copyOf(payloads));
        flushes++;
        blocks.clear();
        payloads.clear();
        bytes = 0;
    }

    private void awaitStored() {
        try {
            storing.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) throw failure;
            throw e;
        }
    }
}
