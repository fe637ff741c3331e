package dev.importonce.source;

import dev.importonce.key.Sha256;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.source.block.BlockStore;
import dev.importonce.source.block.Deposit;
import dev.importonce.source.block.Plan;
import dev.importonce.source.block.StoredBlocks;
import dev.importonce.source.csv.CsvPlanner;
import dev.importonce.source.csv.Cutting;
import dev.importonce.source.detect.CodePages;
import dev.importonce.source.detect.Encodings;
import dev.importonce.source.detect.Evidence;
import dev.importonce.source.format.Format;
import dev.importonce.source.format.FormatHint;
import dev.importonce.source.format.NotPlain;
import dev.importonce.words.Sentence;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.security.MessageDigest;
import java.util.UUID;

/**
 * Receives bytes: hashes them while they arrive, finds blocks of whole records and stores the blocks in short transactions.
 * Holds a few megabytes of a file in memory at most, and no database connection while it waits for the sender.
 */
@ApplicationScoped
public class Intake {
    private static final int BUFFER_BYTES = 128 * 1024;

    private final BlockStore store;
    private final SourceConfig config;

    Intake(BlockStore store, SourceConfig config) {
        this.store = store;
        this.config = config;
    }

    /**
     * Reads the stream to its end, or until it is clear that the file cannot be read. {@link Planner} decides on the format,
     * since the sender's hints may come only afterwards.
     *
     * @param fileName the name that the sender gave it, or null
     * @param hint the sender's format hints; null: they may still come
     * @throws ProblemException when the bytes are too many or cannot be read; nothing is kept then
     * @throws IOException when the connection breaks; nothing is kept then
     */
    Received receive(UUID userId, InputStream body, String fileName, FormatHint hint) throws IOException {
        Deposit deposit = new Deposit(store, userId);
        boolean whole = false;
        try {
            Received received = new Arrival(userId, deposit, FormatHint.NONE.equals(hint)).readAll(body, fileName);
            whole = true;
            return received;
        } finally {
            if (!whole) deposit.discard();
        }
    }

    /** Refuses a file whose announced length is too large. */
    public void checkLength(long bytes) {
        if (bytes > config.maxFileBytes().asLongValue()) throw tooLarge();
    }

    private ProblemException tooLarge() {
        return new ProblemException(
                ProblemType.TOO_LARGE,
                Sentence.of("file-too-large", config.maxFileBytes().asLongValue()));
    }

    /** One file that is being received. */
    private final class Arrival {
        private final UUID userId;
        private final Deposit deposit;
        private final MessageDigest digest = Sha256.digest();
        private final boolean settled;
        private CsvPlanner planner;
        private Cutting cutting;
        private long bytes;

        Arrival(UUID userId, Deposit deposit, boolean settled) {
            this.userId = userId;
            this.settled = settled;
            this.deposit = deposit;
        }

        Received readAll(InputStream body, String fileName) throws IOException {
            Sample sample = new Sample(body.readNBytes(Sample.BYTES));
            Format format = sample.format(FormatHint.NONE);
            planner = format.isDirect() ? new CsvPlanner(format, sample.markLength(), config.chunkRows()) : null;
            cutting = new Cutting(deposit, planner);
            take(sample.bytes(), sample.bytes().length);
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) take(buffer, read);
            Plan plan = cutting.finish();
            StoredBlocks raw = deposit.finish();
            Charset other = planner == null ? null : otherEncoding(raw, planner.otherEncodingFrom());
            return new Received(
                    userId,
                    fileName,
                    Sha256.of(digest.digest()),
                    bytes,
                    raw,
                    sample,
                    other == null ? format : sample.formatIn(other, FormatHint.NONE),
                    plan,
                    other == null ? cutting.refusal() : null);
        }

        private void take(byte[] buffer, int length) {
            bytes += length;
            checkLength(bytes);
            digest.update(buffer, 0, length);
            cutting.feed(buffer, length);
            ProblemException refusal = cutting.refusal();
            boolean open =
                    refusal instanceof NotPlain || planner != null && planner.otherEncodingFrom() >= Sample.BYTES;
            if (settled && refusal != null && !open) throw refusal;
        }

        /** The encoding of a file whose sample was ASCII, found by the text around the first byte that is not UTF-8; or null. */
        private Charset otherEncoding(StoredBlocks raw, long from) {
            if (from < Sample.BYTES) return null;
            byte[] evidence = store.read(raw, Math.max(0, from - Sample.BYTES / 2), Sample.BYTES);
            Charset guess = CodePages.guess(Evidence.in(evidence)).charset();
            return Encodings.isCodePage(guess) ? guess : null;
        }
    }
}
