package dev.importonce.send;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many requests there are at once, and how many attempts without an outcome. */
@Timeout(60)
class PlacesTest {
    private final Places places = new Places(new Eight());

    @Test
    void no_more_places_are_taken_than_there_are() {
        assertEquals(5, places.takeFree(5));
        assertEquals(3, places.takeFree(5));
        assertEquals(0, places.takeFree(5));
        assertTrue(places.areTaken());
    }

    @Test
    void an_answer_makes_room_before_its_outcome_is_recorded() {
        assertEquals(8, places.takeFree(8));
        places.answered();

        assertEquals(1, places.takeFree(8));
    }

    @Test
    void twice_as_many_attempts_without_an_outcome_are_the_most() {
        for (int round = 0; round < 2; round++) {
            assertEquals(8, places.takeFree(9));
            for (int i = 0; i < 8; i++) places.answered();
        }

        assertEquals(0, places.takeFree(1), "16 outcomes are still to be recorded");
        places.recorded(3);
        assertEquals(3, places.takeFree(8));
    }

    @Test
    void who_waits_gets_the_place_that_is_given_back() throws Exception {
        places.takeFree(8);
        CompletableFuture<Integer> waiting = CompletableFuture.supplyAsync(() -> places.take(8, Duration.ofMinutes(1)));

        places.giveBack(2);

        assertEquals(2, waiting.get(30, TimeUnit.SECONDS));
    }

    @Test
    void nothing_begins_once_the_process_is_to_end() throws Exception {
        places.takeFree(8);
        CompletableFuture<Integer> waiting = CompletableFuture.supplyAsync(() -> places.take(1, Duration.ofMinutes(1)));

        places.close();
        places.giveBack(8);

        assertEquals(0, waiting.get(30, TimeUnit.SECONDS));
        assertEquals(0, places.takeFree(1));
        assertFalse(places.areTaken(), "nobody has to wait for one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "4097", "1.5", "many"})
    void a_concurrency_that_is_none_is_refused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Concurrency.valueOf(text));
    }

    private record Eight() implements SendConfig {
        @Override
        public Optional<URI> url() {
            return Optional.empty();
        }

        @Override
        public Optional<String> key() {
            return Optional.empty();
        }

        @Override
        public boolean idempotent() {
            return false;
        }

        @Override
        public Optional<SendRate> rate() {
            return Optional.empty();
        }

        @Override
        public Concurrency concurrency() {
            return new Concurrency(8);
        }
    }
}
