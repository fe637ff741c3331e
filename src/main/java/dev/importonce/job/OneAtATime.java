package dev.importonce.job;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets one caller of this process at a time try what only one can do. Without it all of them would try in the database, each
 * on a connection, one behind the other's row lock. It only saves time: the database decides, whoever else tries it
 * elsewhere.
 */
final class OneAtATime<K, T> {
    /** Then they try it all the same. As long as it may take to find out how a file is read. */
    private static final long PATIENCE_MS = 30_000;

    private final ConcurrentMap<K, CountDownLatch> trying = new ConcurrentHashMap<>();

    /**
     * @param done finds out whether it is done already; asked again after somebody else has tried
     * @param attempt does it, or finds that it is done
     */
    T run(K key, Supplier<Optional<T>> done, Supplier<T> attempt) {
        Optional<T> before = done.get();
        if (before.isPresent()) return before.get();
        CountDownLatch mine = new CountDownLatch(1);
        CountDownLatch first = trying.putIfAbsent(key, mine);
        if (first != null) {
            await(first);
            return done.get().orElseGet(attempt);
        }
        try {
            return attempt.get();
        } finally {
            trying.remove(key);
            mine.countDown();
        }
    }

    private static void await(CountDownLatch first) {
        try {
            first.await(PATIENCE_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
