package dev.importonce.source;

import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream of what compressed bytes unpack to, which may be far more than they are: ends with a problem beyond a limit. */
final class Unpacked extends FilterInputStream {
    private final long limit;
    private long bytes;

    /** @param limit most bytes to let through */
    Unpacked(InputStream in, long limit) {
        super(in);
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        int b = in.read();
        if (b >= 0) count(1);
        return b;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = in.read(buffer, offset, length);
        if (read > 0) count(read);
        return read;
    }

    private void count(int more) {
        bytes += more;
        if (bytes > limit)
            throw new ProblemException(
                    ProblemType.TOO_LARGE,
                    "The file unpacks to more than " + limit + " bytes. Split it, or raise IMPORTONCE_MAX_FILE_BYTES.");
    }
}
