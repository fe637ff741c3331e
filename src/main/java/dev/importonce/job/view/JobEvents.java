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
 * Streams of a job's changes. Each watcher polls the database, so that it does not matter which instance processes the job;
 * between two polls a watcher holds no thread and no connection. If this process ends the job, its watchers are notified at
 * once.
 */
@ApplicationScoped
class JobEvents {
    private static final Duration TICK = Duration.ofMillis(50);

    /**
     * The time between polls grows to a tenth of the time watched, up to half a second: for a long job a longer delay
     * matters less.
     */
    private static final long MOST_TICKS = 10;

    /** Five seconds. Watchers rely on a message within 15 seconds, and a tick may be dropped. */
    private static final long SILENT_TICKS = 100;

    /** Stands for a tick's number when the poll is between two ticks. */
    private static final long BETWEEN_TICKS = -1;

    /** A reader that watches longer has to connect again. */
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

    /** Synchronized, since a stream must not get two items at the same time. */
    synchronized void tell(@Observes(during = TransactionPhase.AFTER_SUCCESS) JobEnded job) {
        ended.onNext(job.id());
    }

    /**
     * Emits the job now, and again after each change until it has ended; in between empty items, which tell the watcher that
     * the connection is alive. A problem (429) if there are too many watchers already.
     *
     * @param watcher the user who watches; null: a service that acts for no user
     * @param until when the watcher's token expires
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

    /** The end of the job, kept while a poll is running, since that poll may have read the job before its end. */
    private Multi<Long> endings(UUID id) {
        return ended.select()
                .where(id::equals)
                .map(job -> BETWEEN_TICKS)
                .onOverflow()
                .dropPreviousItems();
    }

    /** Ends the stream after a job's final state. */
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
