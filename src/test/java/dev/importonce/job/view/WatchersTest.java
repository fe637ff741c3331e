package dev.importonce.job.view;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.importonce.problem.ProblemException;
import io.smallrye.mutiny.Multi;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class WatchersTest {
    private static final UUID ANN = new UUID(0, 7);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final Watchers watchers = new Watchers(new OneEach(), new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now.get();
        }
    });

    @Test
    void a_caller_who_leaves_before_it_begins_frees_the_place() {
        watchers.take(ANN);
        assertThrows(ProblemException.class, () -> watchers.take(ANN));

        now.set(Instant.EPOCH.plusSeconds(11));

        assertDoesNotThrow(() -> watchers.take(ANN));
    }

    @Test
    void a_stream_that_has_begun_keeps_its_place_until_it_ends() {
        watchers.take(ANN).around(Multi.createFrom().nothing()).subscribe().with(item -> {});

        now.set(Instant.EPOCH.plusSeconds(3600));

        assertThrows(ProblemException.class, () -> watchers.take(ANN));
    }

    @Test
    void a_stream_that_begins_late_has_a_place_all_the_same() {
        Watchers.Place late = watchers.take(ANN);
        now.set(Instant.EPOCH.plusSeconds(11));
        watchers.take(null);

        late.around(Multi.createFrom().nothing()).subscribe().with(item -> {});

        assertThrows(ProblemException.class, () -> watchers.take(ANN));
    }

    @Test
    void a_stream_that_fails_leaves_its_place() {
        watchers.take(ANN)
                .around(Multi.createFrom().failure(IllegalStateException::new))
                .subscribe()
                .with(item -> {}, failure -> {});

        assertDoesNotThrow(() -> watchers.take(ANN));
    }

    /** Two in all, one of each. */
    private static final class OneEach implements WatcherConfig {
        @Override
        public int watchers() {
            return 2;
        }

        @Override
        public int watchersPerUser() {
            return 1;
        }
    }
}
