package dev.importonce.job.submit;

import dev.importonce.problem.ProblemException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets only one caller of this process at a time attempt a task that can succeed only once. Otherwise all callers would
 * prepare the task and then attempt it in the database, each on its own connection, waiting for each other's row lock. This
 * only saves time: the database decides, also between several processes.
 */
final class OneAtATime<K, T> {
    /** How often a thread that waits for another caller's preparation checks whether its own caller is still connected. */
    private static final Duration LOOK = Duration.ofMillis(250);

    private final ConcurrentMap<K, Attempt> trying = new ConcurrentHashMap<>();
    private final Duration patience;

    /** @param patience how long others wait for an attempt after its preparation; then they make their own attempts */
    OneAtATime(Duration patience) {
        this.patience = patience;
    }

    /** The task of one caller. */
    interface Task<T> {
        /** Checks whether the task is done already; called again after another caller's attempt. */
        Optional<T> done();

        /** The preparation of the attempt, which may take long; if it refuses the file, all waiting callers get the refusal. */
        void prepare();

        /** Does the task, or finds that it is done. */
        T attempt();

        /** Throws when the caller has disconnected. */
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
