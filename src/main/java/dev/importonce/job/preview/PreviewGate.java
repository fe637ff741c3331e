package dev.importonce.job.preview;

import dev.importonce.job.JobConfig;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.words.Sentence;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Limits how many previews of this process use the database at a time: each holds a connection for long. A waiting preview
 * holds a thread, so only few may wait, only for a short time, and a preview stops waiting when its caller has disconnected.
 * One user cannot have all places, unless there is only one.
 */
@ApplicationScoped
class PreviewGate {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MOST_WAITING = 16;
    private static final int MOST_WAITING_OF_USER = 3;

    private final int places;
    private final int placesOfUser;
    private final Map<UUID, Integer> inside = new HashMap<>();
    private final Map<UUID, Integer> waiting = new HashMap<>();

    PreviewGate(JobConfig config) {
        places = Math.max(1, config.previews());
        placesOfUser = Math.max(1, places - 1);
    }

    /**
     * @param gone completes when the caller has disconnected
     * @throws ProblemException when no place became free
     */
    <T> T pass(UUID user, CompletableFuture<?> gone, Supplier<T> preview) {
        enter(user, gone);
        try {
            return preview.get();
        } finally {
            leave(user);
        }
    }

    private synchronized void enter(UUID user, CompletableFuture<?> gone) {
        if (!isFree(user)) {
            if (sum(waiting) >= MOST_WAITING || of(waiting, user) >= MOST_WAITING_OF_USER) throw busy();
            waiting.merge(user, 1, Integer::sum);
            try {
                gone.thenRun(this::wakeAll);
                await(user, gone);
            } finally {
                lessOne(waiting, user);
            }
        }
        inside.merge(user, 1, Integer::sum);
    }

    private void await(UUID user, CompletableFuture<?> gone) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isFree(user)) {
            long left = deadline - System.nanoTime();
            if (left <= 0 || gone.isDone()) throw busy();
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw busy();
            }
        }
    }

    private synchronized void leave(UUID user) {
        lessOne(inside, user);
        notifyAll();
    }

    private synchronized void wakeAll() {
        notifyAll();
    }

    private boolean isFree(UUID user) {
        return sum(inside) < places && of(inside, user) < placesOfUser;
    }

    private static int sum(Map<UUID, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static int of(Map<UUID, Integer> counts, UUID user) {
        return counts.getOrDefault(user, 0);
    }

    private static void lessOne(Map<UUID, Integer> counts, UUID user) {
        counts.computeIfPresent(user, (id, count) -> count == 1 ? null : count - 1);
    }

    private static ProblemException busy() {
        return new ProblemException(ProblemType.BUSY, Sentence.of("previews-at-once"));
    }
}
