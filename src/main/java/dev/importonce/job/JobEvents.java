package dev.importonce.job;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A job as it changes. Looked up by everybody who watches, so that it does not matter which instance works the job; no thread
 * and no connection is held in between.
 */
@ApplicationScoped
class JobEvents {
    private static final Duration TICK = Duration.ofMillis(50);

    /** Looks come further apart, a tenth of the time watched, up to half a second: who waits longer may wait a little longer. */
    private static final long MOST_TICKS = 10;

    /** Five seconds. Watchers may rely on 15, and a tick may be dropped. */
    private static final long SILENT_TICKS = 100;

    private final Jobs jobs;
    private final long ticks;

    JobEvents(Jobs jobs, JobConfig config) {
        this.jobs = jobs;
        ticks = config.watch()
                .map(time -> Math.max(1, time.toMillis() / TICK.toMillis()))
                .orElse(Long.MAX_VALUE);
    }

    /**
     * The job now, and again after each change until it has ended; in between nothing, so that a watcher hears that the
     * connection lives.
     *
     * @param userId whose job it must be; null: anybody's
     */
    Multi<Optional<JobView>> of(UUID userId, UUID id) {
        AtomicReference<JobView> last = new AtomicReference<>();
        return Multi.createFrom()
                .ticks()
                .every(TICK)
                .onOverflow()
                .drop()
                .select()
                .first(ticks)
                .select()
                .where(JobEvents::isLook)
                .onItem()
                .transformToUniAndConcatenate(tick -> Uni.createFrom()
                        .item(() -> read(userId, id).map(view -> new Look(tick, view)))
                        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool()))
                .select()
                .first(look -> look.isPresent()
                        && (last.get() == null || !last.get().status().isFinal()))
                .map(Optional::orElseThrow)
                .filter(look -> look.isNews(last.get()))
                .map(look ->
                        look.view().equals(last.getAndSet(look.view())) ? Optional.empty() : Optional.of(look.view()));
    }

    private static boolean isLook(long tick) {
        return tick % Math.min(MOST_TICKS, 1 + tick / MOST_TICKS) == 0;
    }

    private Optional<JobView> read(UUID userId, UUID id) {
        return jobs.find(userId, id).map(JobView::of);
    }

    private record Look(long tick, JobView view) {
        boolean isNews(JobView last) {
            return !view.equals(last) || tick > 0 && tick % SILENT_TICKS == 0;
        }
    }
}
