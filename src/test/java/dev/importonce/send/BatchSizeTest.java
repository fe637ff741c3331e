package dev.importonce.send;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** As many messages together as the provider answers within a moment. */
class BatchSizeTest {
    private final BatchSize batch = new BatchSize();

    @Test
    void full_batches_answered_at_once_double_up_to_the_maximum() {
        assertEquals(64, batch.next());
        batch.took(64, Duration.ofMillis(1));
        assertEquals(128, batch.next());
        batch.took(128, Duration.ofMillis(1));
        batch.took(256, Duration.ZERO);
        assertEquals(500, batch.next());
        batch.took(500, Duration.ofMillis(1));
        assertEquals(500, batch.next());
    }

    @Test
    void a_provider_that_becomes_slow_gets_few_at_once_again() {
        for (int i = 0; i < 4; i++) batch.took(batch.next(), Duration.ofMillis(1));

        batch.took(500, Duration.ofMillis(100));
        assertEquals(250, batch.next(), "what fits in 50 milliseconds");
        batch.took(250, Duration.ofSeconds(10));
        assertEquals(64, batch.next());
    }

    @Test
    void a_batch_that_was_not_full_does_not_grow() {
        batch.took(63, Duration.ofMillis(1));

        assertEquals(64, batch.next());
    }
}
