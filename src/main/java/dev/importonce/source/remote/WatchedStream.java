package dev.importonce.source.remote;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** The body of an answer from another server: silence and a broken connection are that server's fault, not the caller's. */
final class WatchedStream extends FilterInputStream {
    private static final Logger LOG = Logger.getLogger(WatchedStream.class);

    private final ScheduledExecutorService watch;
    private final Duration patience;

    WatchedStream(InputStream in, ScheduledExecutorService watch, Duration patience) {
        super(in);
        this.watch = watch;
        this.patience = patience;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        ScheduledFuture<?> giveUp = watch.schedule(this::giveUp, patience.toNanos(), TimeUnit.NANOSECONDS);
        try {
            return in.read(buffer, offset, length);
        } catch (IOException e) {
            LOG.warnf("storage broke off: %s", e.getMessage());
            throw Download.away();
        } finally {
            giveUp.cancel(false);
        }
    }

    /** Ends the read that is waiting. */
    private void giveUp() {
        try {
            in.close();
        } catch (IOException e) {
            LOG.debugf("while giving up: %s", e.getMessage());
        }
    }
}
