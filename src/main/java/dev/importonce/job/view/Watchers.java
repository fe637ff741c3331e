package dev.importonce.job.view;

import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.words.Sentence;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * Counts the watchers of jobs in this process, and limits their number in total and per user. A place is free again when its
 * stream has ended, in whatever way.
 */
@ApplicationScoped
class Watchers {
    /**
     * A stream that has not begun after this time never begins: its caller has disconnected before the answer's headers were
     * written.
     */
    private static final Duration BEGINS_WITHIN = Duration.ofSeconds(10);

    /** Stands for a service that acts for no user. */
    private static final UUID NOBODY = new UUID(0, 0);

    private final int total;
    private final int perUser;
    private final Clock clock;
    private final Set<Place> places = new HashSet<>();

    Watchers(WatcherConfig config, Clock clock) {
        this.total = config.watchers();
        this.perUser = config.watchersPerUser();
        this.clock = clock;
    }

    /**
     * Takes a place for one stream; a problem (429) when there is none.
     *
     * @param user null: a service that acts for no user
     */
    synchronized Place take(UUID user) {
        UUID whose = user == null ? NOBODY : user;
        Instant late = clock.instant().minus(BEGINS_WITHIN);
        places.removeIf(place -> !place.begun && place.since.isBefore(late));
        if (places.stream().filter(place -> place.user.equals(whose)).count() >= perUser)
            throw new ProblemException(ProblemType.TOO_MANY_REQUESTS, Sentence.of("watching-too-many", perUser));
        if (places.size() >= total)
            throw new ProblemException(ProblemType.TOO_MANY_REQUESTS, Sentence.of("all-watching-too-many"));
        Place place = new Place(whose, clock.instant());
        places.add(place);
        return place;
    }

    private synchronized void begin(Place place) {
        place.begun = true;
        places.add(place);
    }

    private synchronized void leave(Place place) {
        places.remove(place);
    }

    /** The place of one stream; it is released only once. */
    final class Place {
        private final UUID user;
        private final Instant since;
        private boolean begun;

        private Place(UUID user, Instant since) {
            this.user = user;
            this.since = since;
        }

        <T> Multi<T> around(Multi<T> stream) {
            return stream.onSubscription()
                    .invoke(() -> begin(this))
                    .onTermination()
                    .invoke(() -> leave(this));
        }
    }
}
