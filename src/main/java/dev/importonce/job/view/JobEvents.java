package dev.importonce.job.view;

import dev.importonce.job.JobConfig;
import dev.importonce.job.JobEnded;
import dev.importonce.job.MigrationJob;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * A job as it changes. Looked up by everybody who watches, so that it does not matter which instance works the job; no thread
 * and no connection is held in between. That a job has ended is told at once where it was ended here.
 */
@ApplicationScoped
class JobEvents {
    private static final Duration TICK = Duration.ofMillis(50);

    /** Looks come further apart, a tenth of the time watched, up to half a second: who waits longer may wait a little longer. */
    private static final long MOST_TICKS = 10;

    /** Five seconds. Watchers may rely on 15, and a tick may be dropped. */
    private static final long SILENT_TICKS = 100;

    /** In the place of a tick's number: a look between two of them. */
    private static final long BETWEEN_TICKS = -1;

    /** Whoever watches longer asks again. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private static final Duration SHORTEST = Duration.ofMillis(1);

    private final Jobs jobs;
    private final Watchers watchers;
    private final Clock clock;
    private final Optional<Duration> watch;
    private final BroadcastProcessor<UUID> ended = BroadcastProcessor.create();

    JobEvents(Jobs jobs, Watchers watchers, Clock clock, JobConfig config) {
        this.jobs = jobs;
        this.watchers = watchers;
        this.clock = clock;
        watch = config.watch();
    }

    /** One at a time: a stream is told of things one after the other. */
    synchronized void tell(@Observes(during = TransactionPhase.AFTER_SUCCESS) JobEnded job) {
        ended.onNext(job.id());
    }

    /**
     * The job now, and again after each change until it has ended; in between nothing, so that a watcher hears that the
     * connection lives. A problem (429) where too many watch already.
     *
     * @param watcher who watches; null: a service that acts for nobody
     * @param until when the watcher may watch no longer
     */
    Multi<Optional<JobView>> of(UUID watcher, Optional<Instant> until, MigrationJob job) {
        Duration most = Stream.of(Optional.of(LONGEST), watch, until.map(this::left))
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        return watchers.take(watcher).around(looks(job.userId(), job.id(), most));
    }

    private Duration left(Instant until) {
        Duration left = Duration.between(clock.instant(), until);
        return left.compareTo(SHORTEST) < 0 ? SHORTEST : left;
    }

    private Multi<Optional<JobView>> looks(UUID userId, UUID id, Duration most) {
        AtomicReference<JobView> last = new AtomicReference<>();
        return Multi.createBy()
                .merging()
                .streams(ticks(), endings(id))
                .select()
                .first(most)
                .onItem()
                .transformToMultiAndConcatenate(tick -> Uni.createFrom()
                        .item(() -> read(userId, id).map(view -> new Look(tick, view)))
                        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                        .onItem()
                        .transformToMulti(JobEvents::andTheEnd))
                .select()
                .first(Optional::isPresent)
                .map(Optional::orElseThrow)
                .filter(look -> look.isNews(last.get()))
                .map(look ->
                        look.view().equals(last.getAndSet(look.view())) ? Optional.empty() : Optional.of(look.view()));
    }

    private static Multi<Long> ticks() {
        return Multi.createFrom()
                .ticks()
                .every(TICK)
                .onOverflow()
                .drop()
                .select()
                .where(tick -> tick % Math.min(MOST_TICKS, 1 + tick / MOST_TICKS) == 0);
    }

    /** Kept while a look is under way, which may have come too early to see it. */
    private Multi<Long> endings(UUID id) {
        return ended.select()
                .where(id::equals)
                .map(job -> BETWEEN_TICKS)
                .onOverflow()
                .dropPreviousItems();
    }

    /** After a job's last state there is nothing more to look for. */
    private static Multi<Optional<Look>> andTheEnd(Optional<Look> look) {
        boolean over = look.isPresent() && look.get().view().status().isFinal();
        return over
                ? Multi.createFrom().items(look, Optional.empty())
                : Multi.createFrom().item(look);
    }

    private Optional<JobView> read(UUID userId, UUID id) {
        return (userId == null ? jobs.ofAnybody(id) : jobs.ofUser(userId, id)).map(JobView::of);
    }

    private record Look(long tick, JobView view) {
        boolean isNews(JobView last) {
            return !view.equals(last) || tick > 0 && tick % SILENT_TICKS == 0;
        }
    }
}
