package dev.importonce.source.block;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream of known length: if it ends earlier, this is an error and not the end of the file. */
public final class WholeStream extends FilterInputStream {
    private long left;

    public WholeStream(InputStream in, long bytes) {
        super(in);
        left = bytes;
    }

    @Override
    public int read() throws IOException {
        int read = in.read();
        return read < 0 ? end() : count(read, 1);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = in.read(buffer, offset, length);
        return read < 0 ? end() : count(read, read);
    }

    private int count(int read, int bytes) {
        left -= bytes;
        return read;
    }

    private int end() throws EOFException {
        if (left > 0) throw new EOFException(left + " bytes are missing");
        return -1;
    }
}
