package dev.importonce.job.submit;

import dev.importonce.problem.ProblemException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets one caller of this process at a time try what only one can do. Without it all of them would prepare it, and then try it in the
 * database, each on a connection, one behind the other's row lock. It only saves time: the database decides, whoever else tries it
 * elsewhere.
 */
final class OneAtATime<K, T> {
    /** How often who waits for another's preparation looks whether it is still waited for itself. */
    private static final Duration LOOK = Duration.ofMillis(250);

    private final ConcurrentMap<K, Attempt> trying = new ConcurrentHashMap<>();
    private final Duration patience;

    /** @param patience how long an attempt is waited for that has been prepared; then others try it all the same */
    OneAtATime(Duration patience) {
        this.patience = patience;
    }

    /** What one caller wants done. */
    interface Task<T> {
        /** Finds out whether it is done already; asked again after somebody else has tried. */
        Optional<T> done();

        /** What comes before the attempt and may take long; a refusal of the file is every caller's. */
        void prepare();

        /** Does it, or finds that it is done. */
        T attempt();

        /** Throws when nobody waits for the outcome any more. */
        void requireCaller();
    }

    T run(K key, Task<T> task) {
        while (true) {
            Optional<T> before = task.done();
            if (before.isPresent()) return before.get();
            Attempt mine = new Attempt();
            Attempt first = trying.putIfAbsent(key, mine);
            if (first == null) return lead(key, mine, task);
            while (!await(first.prepared, LOOK)) task.requireCaller();
            if (first.refusal != null) throw first.refusal;
            if (!await(first.ended, patience) || Thread.currentThread().isInterrupted()) return alone(task);
        }
    }

    private T lead(K key, Attempt mine, Task<T> task) {
        try {
            mine.prepare(task);
            return task.attempt();
        } finally {
            trying.remove(key);
            mine.ended.countDown();
        }
    }

    private T alone(Task<T> task) {
        task.prepare();
        return task.attempt();
    }

    private static boolean await(CountDownLatch latch, Duration patience) {
        try {
            return latch.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static final class Attempt {
        private final CountDownLatch prepared = new CountDownLatch(1);
        private final CountDownLatch ended = new CountDownLatch(1);
        private volatile ProblemException refusal;

        void prepare(Task<?> task) {
            try {
                task.prepare();
            } catch (ProblemException e) {
                if (e.type().isOfTheFile()) refusal = e;
                throw e;
            } finally {
                prepared.countDown();
            }
        }
    }
}
