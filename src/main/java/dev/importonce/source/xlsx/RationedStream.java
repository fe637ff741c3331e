package dev.importonce.source.xlsx;

import dev.importonce.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;

/**
 * Lets through only so many bytes until it is allowed more. It bounds what a parser may collect before it hands over the next
 * piece, whatever that is made of.
 */
final class RationedStream extends InputStream {
    private final InputStream in;
    private final Supplier<ProblemException> refusal;
    private long left;

    /** @param refusal ends the stream when more is asked for than is allowed */
    RationedStream(InputStream in, Supplier<ProblemException> refusal) {
        this.in = in;
        this.refusal = refusal;
    }

    /** From here on that many, give or take what has been read ahead. */
    void allow(long bytes) {
        left = bytes;
    }

    @Override
    public int read() throws IOException {
        return count(in.read(), 1);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = in.read(buffer, offset, length);
        return count(read, read);
    }

    private int count(int read, int bytes) {
        if (read >= 0) left -= bytes;
        if (left < 0) throw refusal.get();
        return read;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
