package dev.importonce.source;

import dev.importonce.key.Ids;
import dev.importonce.key.Sha256;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Takes bytes in as they come: hashes them, finds blocks of whole records and stores these in short transactions.
 * Holds a few megabytes of a file at most, and no connection while the sender is slow.
 */
@ApplicationScoped
public class Intake {
    private static final int BUFFER_BYTES = 128 * 1024;
    private static final int FLUSH_BYTES = 4 << 20;

    private final BlockStore store;
    private final SourceConfig config;

    Intake(BlockStore store, SourceConfig config) {
        this.store = store;
        this.config = config;
    }

    /**
     * Reads the stream to its end.
     *
     * @param fileName as the sender names it, or null
     * @throws ProblemException when the bytes are too many or cannot be read; nothing is kept then
     * @throws IOException when the sender breaks off; nothing is kept then
     */
    public Received receive(UUID userId, InputStream body, String fileName) throws IOException {
        Arrival arrival = new Arrival(userId);
        boolean whole = false;
        try {
            Received received = arrival.readAll(body, fileName);
            whole = true;
            return received;
        } finally {
            if (!whole) arrival.discard();
        }
    }

    /** Forgets received bytes that will not be sealed. */
    public void discard(Received received) {
        if (received.stored()) store.discard(received.userId(), received.uploadId());
    }

    /** Refuses by its announced length what would be refused by its length. */
    public void checkLength(long bytes) {
        if (bytes > config.maxFileBytes().asLongValue()) throw tooLarge();
    }

    private ProblemException tooLarge() {
        return new ProblemException(
                ProblemType.TOO_LARGE,
                "The file is larger than " + config.maxFileBytes().asLongValue()
                        + " bytes. Split it, or raise IMPORTONCE_MAX_FILE_BYTES.");
    }

    /** One file on its way in. */
    private final class Arrival {
        private final UUID userId;
        private final UUID uploadId = Ids.next();
        private final MessageDigest digest = Sha256.digest();
        private final Pending pending = new Pending();
        private final List<Block> blocks = new ArrayList<>();
        private final List<byte[]> payloads = new ArrayList<>();
        private CsvPlanner planner;
        private long bytes;
        private int cut;
        private long unstoredBytes;
        private boolean stored;

        Arrival(UUID userId) {
            this.userId = userId;
        }

        Received readAll(InputStream body, String fileName) throws IOException {
            byte[] first = body.readNBytes(Sample.BYTES);
            Sample sample = new Sample(first);
            planner = new CsvPlanner(sample.format(), sample.markLength(), config.chunkRows());
            take(first, first.length);
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) take(buffer, read);
            Plan plan = planner.finish();
            cutBlocks(plan.blocks());
            if (stored) flush();
            return new Received(
                    userId, uploadId, fileName, Sha256.of(digest.digest()), bytes, plan, stored, List.copyOf(payloads));
        }

        private void take(byte[] buffer, int length) {
            bytes += length;
            checkLength(bytes);
            digest.update(buffer, 0, length);
            pending.append(buffer, length);
            planner.feed(buffer, 0, length);
            cutBlocks(planner.blocks());
            if (unstoredBytes >= FLUSH_BYTES) flush();
        }

        private void cutBlocks(List<Block> planned) {
            for (; cut < planned.size(); cut++) {
                Block block = planned.get(cut);
                blocks.add(block);
                payloads.add(pending.take(block.byteLength()));
                unstoredBytes += block.byteLength();
            }
        }

        private void flush() {
            store.append(userId, uploadId, blocks, payloads);
            stored = true;
            blocks.clear();
            payloads.clear();
            unstoredBytes = 0;
        }

        private void discard() {
            if (stored) store.discard(userId, uploadId);
        }
    }
}
