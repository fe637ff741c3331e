package dev.importonce.source.xlsx;

import dev.importonce.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;

/**
 * A stream that returns only an allowed number of bytes until more are allowed. It limits the memory that a parser can fill
 * before it returns the next piece, whatever the piece contains.
 */
final class RationedStream extends InputStream {
    private final InputStream in;
    private final Supplier<ProblemException> refusal;
    private long left;

    /** @param refusal the problem that ends the stream when more bytes are requested than are allowed */
    RationedStream(InputStream in, Supplier<ProblemException> refusal) {
        this.in = in;
        this.refusal = refusal;
    }

    /** Allows this number of bytes from here on, not exactly, since some bytes may have been read ahead. */
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
