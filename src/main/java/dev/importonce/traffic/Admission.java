package dev.importonce.traffic;

import dev.importonce.identity.CurrentCaller;
import dev.importonce.problem.ProblemException;
import dev.importonce.traffic.Places.Entry;
import dev.importonce.traffic.Places.Guest;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * How the request threads are divided: some for files, which keep them as long as their senders take, most for all else, and the rest
 * for what needs no caller, such as health. Of neither can one user have all.
 */
@ApplicationScoped
public class Admission {
    private static final long HEAP_BYTES_EACH = 32 << 20;
    private static final int FEWEST_FILES = 4;
    private static final int MOST_FILES = 32;
    private static final long HEAP_BYTES_A_CONNECTION = 256 << 10;
    private static final int FEWEST_CONNECTIONS = 512;
    private static final int MOST_CONNECTIONS = 10_000;

    /** Of all connections a quarter may wait for one user, and a sixteenth with files. */
    private static final int WAITING = 4;

    private static final int WAITING_FILES = 16;

    /** A twelfth of the threads is nobody's. */
    private static final int UNSHARED = 12;

    private final Share files;
    private final Share requests;
    private final Duration patience;
    private final CurrentCaller caller;
    private final CurrentVertxRequest current;

    /** Those that wait on a thread: never many. */
    private final Semaphore onThreads;

    Admission(
            TrafficConfig config,
            @ConfigProperty(name = "quarkus.thread-pool.max-threads") int threads,
            CurrentCaller caller,
            CurrentVertxRequest current) {
        this.caller = caller;
        this.current = current;
        int most = Math.max(1, Math.min(threads / 2, config.uploads().orElseGet(Admission::whatFits)));
        int connections = connections(config);
        int others = Math.max(1, threads - most - Math.max(1, threads / UNSHARED));
        files = new Share(
                most,
                config.uploadsPerUser(),
                connections / WAITING_FILES,
                "Too many files come in or are read at once just now, yours or all. Send the request again a little later.");
        requests = new Share(
                others,
                Math.max(1, others / 2),
                connections / WAITING,
                "Too many requests are in work at once just now, yours or all. Send this one again a little later.");
        patience = config.turnWait();
        onThreads = new Semaphore(most);
    }

    /** How many there may be in all. */
    static int connections(TrafficConfig config) {
        long fit = Runtime.getRuntime().maxMemory() / HEAP_BYTES_A_CONNECTION;
        return config.connections().orElse((int) Math.max(FEWEST_CONNECTIONS, Math.min(MOST_CONNECTIONS, fit)));
    }

    private static int whatFits() {
        return (int) Math.max(FEWEST_FILES, Math.min(MOST_FILES, Runtime.getRuntime().maxMemory() / HEAP_BYTES_EACH));
    }

    Share files() {
        return files;
    }

    Share requests() {
        return requests;
    }

    /** How long one waits at most. */
    Duration patience() {
        return patience;
    }

    /**
     * Has the current request wait until it may take in or read a file, unless it came with one itself.
     *
     * @return to be run when it has
     * @throws ProblemException 429 when it would wait too long
     */
    public Runnable enterWithFile() {
        RoutingContext exchange = current.getCurrent();
        if (exchange != null && SmallBodies.begun(exchange) != null) return () -> {};
        CountDownLatch admitted = new CountDownLatch(1);
        Guest guest = files.guest(caller.get(), admitted::countDown);
        Entry entry = files.places().enter(guest);
        if (entry == Entry.WAITS) await(admitted);
        // Who gives up in vain was admitted just now.
        if (entry == Entry.FULL || files.places().giveUp(guest)) throw files.refused();
        return () -> files.places().leave(guest);
    }

    private void await(CountDownLatch admitted) {
        if (!onThreads.tryAcquire()) return;
        try {
            admitted.await(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            onThreads.release();
        }
    }
}
