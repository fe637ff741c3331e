package dev.importonce.source.remote;

import java.io.IOException;
import java.io.InputStream;

/**
 * A file that is being fetched from a store.
 *
 * @param body ends early with a problem, never silently
 * @param length the announced number of bytes, or -1
 */
public record Fetched(InputStream body, long length) implements AutoCloseable {
    @Override
    public void close() throws IOException {
        body.close();
    }
}
