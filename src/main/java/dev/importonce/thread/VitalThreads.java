package dev.importonce.thread;

import dev.importonce.postgres.RootCause;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/** The threads that nothing works without: whatever is thrown in them they go on, and one that ended all the same is known. */
@ApplicationScoped
public class VitalThreads {
    private static final Logger LOG = Logger.getLogger(VitalThreads.class);

    private final List<Vital> vital = new CopyOnWriteArrayList<>();

    /** One round of what a thread does. */
    public interface Round {
        /** @throws InterruptedException when it is to look whether it is still wanted */
        void run() throws InterruptedException;
    }

    /**
     * Starts a daemon thread that does it again and again while it is wanted.
     *
     * @param afterFailure waits a while
     */
    public Thread start(String name, BooleanSupplier wanted, Round round, Runnable afterFailure) {
        Thread thread = new Thread(() -> repeat(wanted, round, afterFailure), name);
        // What is not finished in time has been given back; nobody waits for it.
        thread.setDaemon(true);
        vital.add(new Vital(name, thread, wanted));
        thread.start();
        return thread;
    }

    /** Makes daemon threads for an executor that needs one at a time: the latest is the one that must live. */
    public ThreadFactory oneAtATime(String name, BooleanSupplier wanted) {
        return run -> {
            Thread thread = new Thread(run, name);
            thread.setDaemon(true);
            vital.removeIf(before -> before.name().equals(name));
            vital.add(new Vital(name, thread, wanted));
            return thread;
        };
    }

    /** Names of all. */
    public List<String> names() {
        return vital.stream().map(Vital::name).toList();
    }

    /** Names of those that have ended though they are wanted. */
    public List<String> dead() {
        return vital.stream().filter(Vital::isDead).map(Vital::name).sorted().toList();
    }

    /** The JVM may be in any state when something is thrown: what handles it may fail, too, and the thread still goes on. */
    private static void repeat(BooleanSupplier wanted, Round round, Runnable afterFailure) {
        while (wanted.getAsBoolean()) {
            try {
                round.run();
            } catch (Throwable failure) {
                try {
                    tell(failure);
                    afterFailure.run();
                } catch (Throwable another) {
                    // The next round finds out.
                }
            }
        }
    }

    private static void tell(Throwable failure) {
        OutOfMemory.exitIfCauseOf(failure);
        if (!(failure instanceof InterruptedException))
            LOG.warnf("%s could not work: %s", Thread.currentThread().getName(), RootCause.of(failure));
    }

    private record Vital(String name, Thread thread, BooleanSupplier wanted) {
        boolean isDead() {
            return thread.getState() == Thread.State.TERMINATED && wanted.getAsBoolean();
        }
    }
}
