package dev.importonce.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdsTest {
    @Test
    void ids_are_version_7_and_each_is_greater_than_the_one_before() {
        UUID before = Ids.next();
        for (int i = 0; i < 10_000; i++) {
            UUID id = Ids.next();
            assertEquals(7, id.version());
            assertEquals(2, id.variant());
            assertTrue(before.toString().compareTo(id.toString()) < 0, before + " " + id);
            before = id;
        }
    }

    @Test
    void series_of_ids_begun_in_the_same_millisecond_share_no_id() {
        Set<String> series = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            UUID first = Ids.first();
            assertEquals(7, first.version());
            assertEquals(2, first.variant());
            assertEquals("00000000", first.toString().substring(28));
            assertTrue(series.add(first.toString().substring(0, 28)), first::toString);
        }
    }
}
