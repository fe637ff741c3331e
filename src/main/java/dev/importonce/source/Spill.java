package dev.importonce.source;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bytes that are appended, then read from anywhere: in memory while they are few, and while all that are held so have little of the
 * heap, else in a temporary file. Not thread-safe.
 */
final class Spill implements Closeable {
    private static final int MEMORY_BYTES = 8 << 20;
    private static final int PAGE_BYTES = 16 * 1024;
    private static final int CACHED_PAGES = 256;
    private static final int FEWEST_PAGES = 16;
    private static final int FIRST_BYTES = 64 * 1024;

    /** All of them together hold this part of the heap in memory; what each cannot do without does not count. */
    private static final int HEAP_SHARE = 16;

    private static final AtomicLong HELD = new AtomicLong();

    private long held;
    private int cachedPages = FEWEST_PAGES;
    private byte[] tail = new byte[FIRST_BYTES];
    private int tailLength;
    private long inFile;
    private FileChannel file;

    /** The pages read last. */
    private final Map<Long, byte[]> pages = new LinkedHashMap<>(CACHED_PAGES * 2, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, byte[]> eldest) {
            return size() > cachedPages;
        }
    };

    void append(byte[] bytes) {
        append(bytes, bytes.length);
    }

    /** All bytes of a stream. */
    void append(InputStream in) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) append(buffer, read);
    }

    private void append(byte[] bytes, int length) {
        int needed = tailLength + length;
        if (needed > tail.length) {
            int grown = Math.max(needed, tail.length * 2);
            boolean fits = needed <= MEMORY_BYTES && hold(grown - tail.length);
            if (!fits) flush();
            if (fits || length > tail.length) tail = Arrays.copyOf(tail, fits ? grown : length);
        }
        System.arraycopy(bytes, 0, tail, tailLength, length);
        tailLength += length;
    }

    long length() {
        return inFile + tailLength;
    }

    /** The bytes from {@code offset} on; all of them must have been appended. */
    byte[] read(long offset, int length) {
        byte[] bytes = new byte[length];
        int done = 0;
        while (done < length) {
            long at = offset + done;
            if (at >= inFile) {
                System.arraycopy(tail, (int) (at - inFile), bytes, done, length - done);
                return bytes;
            }
            byte[] page = pages.computeIfAbsent(at / PAGE_BYTES, this::page);
            int from = (int) (at % PAGE_BYTES);
            int count = (int) Math.min(Math.min(page.length - from, length - done), inFile - at);
            System.arraycopy(page, from, bytes, done, count);
            done += count;
        }
        return bytes;
    }

    private byte[] page(long number) {
        long start = number * PAGE_BYTES;
        ByteBuffer page = ByteBuffer.allocate((int) Math.min(PAGE_BYTES, inFile - start));
        try {
            while (page.hasRemaining() && file.read(page, start + page.position()) > 0) continue;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return page.array();
    }

    /** Takes memory, if that is still to be had. */
    private boolean hold(long bytes) {
        if (HELD.addAndGet(bytes) > Runtime.getRuntime().maxMemory() / HEAP_SHARE) {
            HELD.addAndGet(-bytes);
            return false;
        }
        held += bytes;
        return true;
    }

    private void flush() {
        try {
            if (file == null) {
                if (hold(CACHED_PAGES * (long) PAGE_BYTES)) cachedPages = CACHED_PAGES;
                Path path = Files.createTempFile("importonce", ".tmp");
                file = FileChannel.open(
                        path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
            }
            ByteBuffer bytes = ByteBuffer.wrap(tail, 0, tailLength);
            while (bytes.hasRemaining()) inFile += file.write(bytes, inFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        tailLength = 0;
        // The last page of the file may have been short.
        pages.clear();
    }

    @Override
    public void close() throws IOException {
        HELD.addAndGet(-held);
        held = 0;
        if (file != null) file.close();
    }
}
