package dev.importonce.job;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

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

    private final Jobs jobs;
    private final Optional<Duration> watch;
    private final BroadcastProcessor<UUID> ended = BroadcastProcessor.create();

    JobEvents(Jobs jobs, JobConfig config) {
        this.jobs = jobs;
        watch = config.watch();
    }

    /** One at a time: a stream is told of things one after the other. */
    synchronized void tell(@Observes(during = TransactionPhase.AFTER_SUCCESS) JobEnded job) {
        ended.onNext(job.id());
    }

    /**
     * The job now, and again after each change until it has ended; in between nothing, so that a watcher hears that the
     * connection lives.
     *
     * @param userId whose job it must be; null: anybody's
     */
    Multi<Optional<JobView>> of(UUID userId, UUID id) {
        AtomicReference<JobView> last = new AtomicReference<>();
        Multi<Long> looks = Multi.createBy().merging().streams(ticks(), endings(id));
        return watch.map(time -> looks.select().first(time))
                .orElse(looks)
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
        return jobs.find(userId, id).map(JobView::of);
    }

    private record Look(long tick, JobView view) {
        boolean isNews(JobView last) {
            return !view.equals(last) || tick > 0 && tick % SILENT_TICKS == 0;
        }
    }
}
