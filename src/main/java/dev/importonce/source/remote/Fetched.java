package dev.importonce.source.remote;

import java.io.IOException;
import java.io.InputStream;

/**
 * A file on its way from where it lies.
 *
 * @param body ends early with a problem, never silently
 * @param length bytes announced, or -1
 */
public record Fetched(InputStream body, long length) implements AutoCloseable {
    @Override
    public void close() throws IOException {
        body.close();
    }
}
