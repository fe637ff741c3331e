package dev.importonce.source.block;

import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.words.Sentence;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * One reading of a file, with limits for the unpacked size and for the time. Each step checks whether there is time left,
 * and whether the caller is still connected. Not thread-safe.
 */
public final class Reading {
    /** Time limit for every file, however small. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Additional time by the size of a file: a tenth of the usual speed. */
    private static final long LEAST_BYTES_PER_SECOND = 5 << 20;

    /** The same for compressed bytes. */
    private static final long LEAST_PACKED_BYTES_PER_SECOND = 1 << 20;

    /** Limit for the unpacked size of every file, however small. */
    private static final long ANY_FILE_BYTES = 64 << 20;

    /**
     * Limit for a larger file, as a multiple of its own size: a table is seldom compressed to a thirtieth, zeros are
     * compressed to a thousandth.
     */
    private static final int TIMES = 100;

    private final Supplier<InputStream> file;
    private final LongSupplier nanoTime;
    private final BooleanSupplier abandoned;
    private final long mostUnpacked;
    private final boolean isLimitedBySetting;
    private final Duration time;
    private final long end;
    private long unpacked;

    /**
     * Begins a reading; its time starts now.
     *
     * @param file opens the file's bytes, from their beginning
     * @param length the number of bytes
     * @param packed whether the bytes are compressed
     * @param mostBytes maximum number of bytes of any file
     * @param nanoTime a clock as {@link System#nanoTime}
     * @param abandoned whether the caller has disconnected
     */
    public Reading(
            Supplier<InputStream> file,
            long length,
            boolean packed,
            long mostBytes,
            LongSupplier nanoTime,
            BooleanSupplier abandoned) {
        this.file = file;
        this.nanoTime = nanoTime;
        this.abandoned = abandoned;
        long bySize = Math.max(ANY_FILE_BYTES, TIMES * length);
        mostUnpacked = Math.min(mostBytes, bySize);
        isLimitedBySetting = mostBytes <= bySize;
        time = PATIENCE.plusSeconds(length / (packed ? LEAST_PACKED_BYTES_PER_SECOND : LEAST_BYTES_PER_SECOND));
        end = nanoTime.getAsLong() + time.toNanos();
    }

    /** The bytes of the file, from their beginning; each read is a step. */
    public InputStream open() {
        return watched(file.get(), 0);
    }

    /**
     * The unpacked content of some of the file's bytes; each read is a step. One limit counts for everything that is
     * unpacked from a file.
     */
    public InputStream unpacked(InputStream in) {
        return watched(in, 1);
    }

    /**
     * Ends a step.
     *
     * @throws ProblemException when the time is over, or the caller has disconnected
     */
    void step() {
        if (nanoTime.getAsLong() - end > 0)
            throw new ProblemException(ProblemType.TOO_SLOW, Sentence.of("reading-too-slow", time.toSeconds()));
        if (abandoned.getAsBoolean()) throw abandoned();
    }

    /** The answer for a caller that has disconnected; nobody will read it. */
    public static ProblemException abandoned() {
        return new ProblemException(ProblemType.MALFORMED_REQUEST, Sentence.of("sender-gone"));
    }

    /** Maximum number of bytes that may be made of the file, in total. */
    long mostBytes() {
        return mostUnpacked;
    }

    private void count(long more) {
        unpacked += more;
        if (unpacked > mostUnpacked) throw new ProblemException(ProblemType.TOO_LARGE, tooLarge());
        step();
    }

    private Sentence tooLarge() {
        return isLimitedBySetting
                ? Sentence.of("unpacks-to-too-much", mostUnpacked)
                : Sentence.of("unpacks-to-many-times", mostUnpacked, TIMES);
    }

    /** @param weight as how many bytes each byte counts */
    private InputStream watched(InputStream in, int weight) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                int b = in.read();
                if (b >= 0) count(weight);
                return b;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int read = in.read(buffer, offset, length);
                if (read >= 0) count((long) weight * read);
                return read;
            }

            @Override
            public void close() throws IOException {
                in.close();
            }
        };
    }
}
