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
    private static final Duration EVERY = Duration.ofMillis(500);

    /** Well below the 15 seconds that watchers may rely on. */
    private static final int SILENT_TICKS = 20;

    private final Jobs jobs;
    private final long ticks;

    JobEvents(Jobs jobs, JobConfig config) {
        this.jobs = jobs;
        ticks = config.watch()
                .map(time -> Math.max(1, time.toMillis() / EVERY.toMillis()))
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
                .every(EVERY)
                .onOverflow()
                .drop()
                .select()
                .first(ticks)
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

    private Optional<JobView> read(UUID userId, UUID id) {
        return jobs.find(userId, id).map(JobView::of);
    }

    private record Look(long tick, JobView view) {
        boolean isNews(JobView last) {
            return !view.equals(last) || tick % SILENT_TICKS == SILENT_TICKS - 1;
        }
    }
}
