package dev.importonce.source.xlsx;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A buffer to which bytes are appended, and which is then read at any offset. It is in memory while it is small and the
 * other buffers leave enough memory, otherwise in a temporary file. Not thread-safe.
 */
final class Spill implements Closeable {
    private static final int MEMORY_BYTES = 8 << 20;
    private static final int PAGE_BYTES = 4 * 1024;
    private static final int CACHED_PAGES = 1024;
    private static final int FEWEST_PAGES = 64;
    private static final int FIRST_BYTES = 64 * 1024;

    private final Spills spills;
    private long held;
    private long stored;
    private int cachedPages = FEWEST_PAGES;
    private byte[] tail = new byte[FIRST_BYTES];
    private int tailLength;
    private long inFile;
    private FileChannel file;

    /** A cache of the pages that were read last. */
    private final Map<Long, byte[]> pages = new LinkedHashMap<>(CACHED_PAGES * 2, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, byte[]> eldest) {
            return size() > cachedPages;
        }
    };

    Spill(Spills spills) {
        this.spills = spills;
    }

    void append(byte[] bytes) {
        append(bytes, bytes.length);
    }

    /** Appends all bytes of a stream. */
    void append(InputStream in) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) append(buffer, read);
    }

    private void append(byte[] bytes, int length) {
        if (tailLength + length > tail.length && !grow(length)) {
            flush();
            if (length > tail.length) {
                write(bytes, length);
                return;
            }
        }
        System.arraycopy(bytes, 0, tail, tailLength, length);
        tailLength += length;
    }

    private boolean grow(int length) {
        int needed = tailLength + length;
        int grown = Math.max(needed, tail.length * 2);
        if (file != null || needed > MEMORY_BYTES || !hold(grown - tail.length)) return false;
        tail = Arrays.copyOf(tail, grown);
        return true;
    }

    private boolean hold(long bytes) {
        boolean fits = spills.hold(bytes);
        if (fits) held += bytes;
        return fits;
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

    /** The four bytes from {@code offset} on, as an int, the most significant byte first. */
    int readInt(long offset) {
        return ByteBuffer.wrap(read(offset, Integer.BYTES)).getInt();
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

    private void flush() {
        boolean first = file == null;
        write(tail, tailLength);
        tailLength = 0;
        if (first) keepPages();
    }

    private void write(byte[] from, int length) {
        try {
            if (file == null) file = spills.file();
            spills.store(length);
            stored += length;
            ByteBuffer bytes = ByteBuffer.wrap(from, 0, length);
            while (bytes.hasRemaining()) inFile += file.write(bytes, inFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // The last page of the file may be incomplete.
        pages.clear();
    }

    /** From now on the memory is used for pages that are read, and for a short tail that is written. */
    private void keepPages() {
        tail = new byte[FIRST_BYTES];
        spills.release(held, 0);
        held = 0;
        if (hold(CACHED_PAGES * (long) PAGE_BYTES)) cachedPages = CACHED_PAGES;
    }

    @Override
    public void close() throws IOException {
        spills.release(held, stored);
        held = 0;
        stored = 0;
        if (file != null) file.close();
    }
}
