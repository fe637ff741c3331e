package dev.importonce.traffic;

import dev.importonce.fixture.Wire;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Sends a little on a connection again and again, until it is closed or cannot any more. */
final class Trickle implements AutoCloseable {
    private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Wire wire;
    private final Drop drop;
    private final Thread thread;
    private volatile boolean closed;

    /** @param drop what is sent each time */
    Trickle(Wire wire, Drop drop) {
        this.wire = wire;
        this.drop = drop;
        thread = new Thread(this::run, "trickle");
        thread.setDaemon(true);
        thread.start();
    }

    Wire wire() {
        return wire;
    }

    private void run() {
        try {
            while (!closed) {
                drop.sendOn(wire);
                LockSupport.parkNanos(EVERY_NANOS);
            }
        } catch (IOException e) {
            closed = true;
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        wire.close();
    }

    interface Drop {
        void sendOn(Wire wire) throws IOException;
    }
}
