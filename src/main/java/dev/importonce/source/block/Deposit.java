package dev.importonce.source.block;

import dev.importonce.key.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Collects the blocks of an upload: keeps few blocks in memory; packs and stores more blocks as they arrive, some megabytes at a
 * time while the next ones are read. Not thread-safe.
 */
public final class Deposit {
    private static final int FLUSH_BYTES = 2 << 20;

    private final BlockStore store;
    private final UUID userId;
    private final UUID uploadId = Ids.next();
    private final List<Block> all = new ArrayList<>();
    private final List<Block> blocks = new ArrayList<>();
    private final List<byte[]> payloads = new ArrayList<>();
    private final List<CompletableFuture<byte[]>> packed = new ArrayList<>();
    private CompletableFuture<Void> storing = CompletableFuture.completedFuture(null);
    private int bytes;
    private int flushes;

    public Deposit(BlockStore store, UUID userId) {
        this.store = store;
        this.userId = userId;
    }

    /** Adds the next block. */
    public void add(Block block, byte[] payload) {
        all.add(block);
        blocks.add(block);
        // A small file is packed only if its bytes turn out to be new.
        if (flushes > 0) packed.add(store.packAside(payload));
        else payloads.add(payload);
        bytes += payload.length;
        if (bytes >= FLUSH_BYTES) flush();
    }

    /** Ends the deposit. */
    public StoredBlocks finish() {
        boolean stored = flushes > 0;
        if (stored) {
            flush();
            awaitStored();
        }
        return new StoredBlocks(userId, uploadId, List.copyOf(all), List.copyOf(payloads), stored);
    }

    /** Removes the blocks that were stored. */
    public void discard() {
        // Waits first: blocks that are still being stored would remain.
        boolean failed = storing.handle((done, failure) -> failure != null).join();
        if (flushes > (failed ? 1 : 0)) store.discard(userId, uploadId);
    }

    private void flush() {
        if (blocks.isEmpty()) return;
        payloads.forEach(payload -> packed.add(store.packAside(payload)));
        payloads.clear();
        // One write at a time, so that blocks are written in order, and memory holds at most twice the size of one
        // write.
        awaitStored();
        storing = store.appendAside(userId, uploadId, List.copyOf(blocks), List.copyOf(packed));
        flushes++;
        blocks.clear();
        packed.clear();
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
