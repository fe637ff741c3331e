package dev.importonce.job.mapping;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** Keeps what never changes of the jobs that are processed at a time, so that their chunks need not ask for it again. */
public final class Kept<T> {
    /** About the number of jobs that are processed at a time; a megabyte each at most. */
    private static final int MOST = 4;

    private final Map<UUID, T> byJob = new LinkedHashMap<>();

    /** @param ask is called outside of the lock; two threads may both ask, and get the same answer */
    public T of(UUID jobId, Supplier<T> ask) {
        synchronized (byJob) {
            T known = byJob.get(jobId);
            if (known != null) return known;
        }
        T value = ask.get();
        synchronized (byJob) {
            byJob.put(jobId, value);
            if (byJob.size() > MOST) byJob.remove(byJob.keySet().iterator().next());
        }
        return value;
    }
}
