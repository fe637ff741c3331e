package dev.importonce.source;

import dev.importonce.key.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Blocks on their way into an upload: kept in memory while they are few, else stored as they come. Not thread-safe. */
final class Deposit {
    private static final int FLUSH_BYTES = 4 << 20;

    private final BlockStore store;
    private final UUID userId;
    private final UUID uploadId = Ids.next();
    private final List<Block> all = new ArrayList<>();
    private final List<Block> blocks = new ArrayList<>();
    private final List<byte[]> payloads = new ArrayList<>();
    private int bytes;
    private boolean stored;

    Deposit(BlockStore store, UUID userId) {
        this.store = store;
        this.userId = userId;
    }

    /** Takes the next block. */
    void add(Block block, byte[] payload) {
        all.add(block);
        blocks.add(block);
        payloads.add(payload);
        bytes += payload.length;
        if (bytes >= FLUSH_BYTES) flush();
    }

    /** Ends it. */
    Deposited finish() {
        if (stored) flush();
        return new Deposited(userId, uploadId, List.copyOf(all), List.copyOf(payloads), stored);
    }

    /** Removes what has been stored. */
    void discard() {
        if (stored) store.discard(userId, uploadId);
    }

    private void flush() {
        if (blocks.isEmpty()) return;
        store.append(userId, uploadId, blocks, payloads);
        stored = true;
        blocks.clear();
        payloads.clear();
        bytes = 0;
    }
}
