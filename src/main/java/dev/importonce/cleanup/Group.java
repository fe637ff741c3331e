package dev.importonce.cleanup;

import java.util.List;
import java.util.UUID;

/**
 * Rows with one natural key.
 *
 * @param kept the oldest
 * @param surplus the others, oldest first; empty when only the key of the kept row has to be rewritten
 */
public record Group(UUID kept, List<UUID> surplus) {
    public Group {
        surplus = List.copyOf(surplus);
    }
}
