package dev.importonce.traffic;

import dev.importonce.identity.Caller;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.traffic.Places.Entry;
import dev.importonce.traffic.Places.Guest;
import dev.importonce.words.Sentence;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The places for uploads of this process: at most half of the request threads, so that the others are free for other
 * requests.
 */
@ApplicationScoped
class UploadPlaces implements MeterBinder {
    private static final long HEAP_BYTES_EACH = 32 << 20;
    private static final int FEWEST = 4;
    private static final int MOST = 32;

    /** Each waiting upload holds a connection and its buffers, about ten kilobytes. */
    private static final int MOST_WAITING = 500;

    /** Stands for a service that acts for no user. */
    private static final UUID NOBODY = new UUID(0, 0);

    private final int inAll;
    private final int ofUser;
    private final Duration patience;
    private final Places places;

    UploadPlaces(TrafficConfig config, @ConfigProperty(name = "quarkus.thread-pool.max-threads") int threads) {
        inAll = Math.max(1, Math.min(threads / 2, config.uploads().orElseGet(UploadPlaces::whatFits)));
        ofUser = Math.max(1, Math.min(inAll, config.uploadsPerUser().orElse(inAll / 2)));
        patience = config.uploadWait();
        places = new Places(inAll, MOST_WAITING);
    }

    private static int whatFits() {
        return (int) Math.max(FEWEST, Math.min(MOST, Runtime.getRuntime().maxMemory() / HEAP_BYTES_EACH));
    }

    /** Creates a guest for a caller; {@code admitted} runs as soon as the guest gets a place for which it had to wait. */
    Guest guest(Caller caller, Runnable admitted) {
        UUID user = caller.userId() == null ? NOBODY : caller.userId();
        return new Guest(user, caller.isLocal() ? inAll : ofUser, admitted);
    }

    Entry enter(Guest guest) {
        return places.enter(guest);
    }

    /** @return whether the guest was still waiting: then it will not be admitted any more */
    boolean giveUp(Guest guest) {
        return places.giveUp(guest);
    }

    void leave(Guest guest) {
        places.leave(guest);
    }

    /** Whether an upload waits because of other users. */
    boolean isCrowded() {
        return places.isCrowded();
    }

    /** Maximum waiting time. */
    Duration patience() {
        return patience;
    }

    /** The problem for an upload that has waited too long. */
    ProblemException refused() {
        return new ProblemException(ProblemType.TOO_MANY_REQUESTS, Sentence.of("uploads-at-once"));
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("importonce.uploads", places::count)
                .description("Uploads in work")
                .register(registry);
        Gauge.builder("importonce.uploads.waiting", places::countWaiting)
                .description("Uploads that wait for their turn")
                .register(registry);
    }
}
