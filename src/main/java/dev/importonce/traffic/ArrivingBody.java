package dev.importonce.traffic;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * A request body that a thread reads while it arrives. Reading ends with a problem when the body arrives too slowly, and
 * with an error when the sender disconnects. Only the time in which the reader waits for the sender counts.
 */
final class ArrivingBody extends InputStream {
    /** Number of chunks, of some kilobytes each, that are requested in advance. */
    private static final int AHEAD = 8;

    private static final long LONGEST_LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final HttpServerRequest request;
    private final LeastRate leastRate;
    private final Deque<Buffer> parts = new ArrayDeque<>();
    private final Pace pace = new Pace();
    private boolean asksFirst;
    private boolean ended;
    private IOException gone;
    private int position;

    /** @param begun the part that has arrived already */
    ArrivingBody(HttpServerRequest request, Buffer begun, LeastRate leastRate) {
        this.request = request;
        this.leastRate = leastRate;
        asksFirst = request.headers().contains(HttpHeaders.EXPECT);
        if (begun.length() > 0) parts.add(begun);
        // Otherwise setting the handlers would let the whole body arrive at once.
        request.pause();
        request.exceptionHandler(this::isGone).endHandler(this::end).handler(this::add);
        request.fetch(AHEAD);
        // The handlers are not called for a connection that was closed before they were set.
        if (request.response().closed()) isGone(new ClosedChannelException());
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public synchronized int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) return 0;
        if (asksFirst) request.response().writeContinue();
        asksFirst = false;
        await();
        int read = 0;
        while (read < length && !parts.isEmpty()) {
            Buffer part = parts.peek();
            int count = Math.min(length - read, part.length() - position);
            part.getBytes(position, position + count, bytes, offset + read);
            read += count;
            position += count;
            if (position == part.length()) next();
        }
        return read == 0 ? -1 : read;
    }

    private void next() {
        parts.remove();
        position = 0;
        if (!ended && gone == null) request.fetch(1);
    }

    /** Waits until there is something to read, or it is clear that nothing will come. */
    private void await() throws IOException {
        long grace = leastRate.grace().toNanos();
        long look = Math.min(LONGEST_LOOK_NANOS, grace / 4);
        long since = System.nanoTime();
        while (gone == null && parts.isEmpty() && !ended) {
            try {
                TimeUnit.NANOSECONDS.timedWait(this, look);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("while reading a body");
            }
            long now = System.nanoTime();
            // If this thread wakes up too late, it was itself stopped, by a garbage collection or an overloaded
            // machine: this is not the sender's fault.
            long waited = Math.min(now - since, 2 * look);
            if (pace.waited(waited, leastRate.ofUploads()) > grace) throw leastRate.tooSlow();
            since = now;
        }
        if (gone != null) throw gone;
    }

    private synchronized void add(Buffer part) {
        if (part.length() == 0) {
            request.fetch(1);
            return;
        }
        pace.moved(part.length());
        parts.add(part);
        notifyAll();
    }

    private synchronized void end(Void end) {
        ended = true;
        notifyAll();
    }

    private synchronized void isGone(Throwable how) {
        gone = new IOException("the sender has gone", how);
        notifyAll();
    }
}
