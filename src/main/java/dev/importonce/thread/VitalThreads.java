package dev.importonce.thread;

import dev.importonce.postgres.RootCause;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * Threads that the service cannot work without. They continue whatever is thrown in them, and this class knows which of them
 * have ended all the same.
 */
@ApplicationScoped
public class VitalThreads {
    private static final Logger LOG = Logger.getLogger(VitalThreads.class);

    private final List<Vital> vital = new CopyOnWriteArrayList<>();

    /** One round of a thread's work. */
    public interface Round {
        /** @throws InterruptedException when the thread has to check whether it is still wanted */
        void run() throws InterruptedException;
    }

    /**
     * Starts a daemon thread that repeats the round while {@code wanted} is true.
     *
     * @param afterFailure waits before the next round
     */
    public Thread start(String name, BooleanSupplier wanted, Round round, Runnable afterFailure) {
        Thread thread = new Thread(() -> repeat(wanted, round, afterFailure), name);
        // A daemon, since work that was not finished in time is given back, so that the end of the process need not
        // wait for it.
        thread.setDaemon(true);
        vital.add(new Vital(name, thread, wanted));
        thread.start();
        return thread;
    }

    /** Creates daemon threads for an executor that needs one thread at a time: only the latest one has to be alive. */
    public ThreadFactory oneAtATime(String name, BooleanSupplier wanted) {
        return run -> {
            Thread thread = new Thread(run, name);
            thread.setDaemon(true);
            vital.removeIf(before -> before.name().equals(name));
            vital.add(new Vital(name, thread, wanted));
            return thread;
        };
    }

    /** Names of all vital threads. */
    public List<String> names() {
        return vital.stream().map(Vital::name).toList();
    }

    /** Names of the threads that have ended although they are wanted. */
    public List<String> dead() {
        return vital.stream().filter(Vital::isDead).map(Vital::name).sorted().toList();
    }

    /** After a failure the JVM may be in any state: even if the handler of the failure fails, the thread continues. */
    private static void repeat(BooleanSupplier wanted, Round round, Runnable afterFailure) {
        while (wanted.getAsBoolean()) {
            try {
                round.run();
            } catch (Throwable failure) {
                try {
                    tell(failure);
                    afterFailure.run();
                } catch (Throwable another) {
                    // The next round checks whether the thread is still wanted.
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
