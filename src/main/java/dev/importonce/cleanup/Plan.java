package dev.importonce.cleanup;

import java.util.List;
import java.util.UUID;

/**
 * What a clean-up would do.
 *
 * @param undecided rows whose natural key cannot be told: a person has to look at them
 */
public record Plan(List<Group> groups, List<UUID> undecided) {
    public Plan {
        groups = List.copyOf(groups);
        undecided = List.copyOf(undecided);
    }

    /** Rows that would go. */
    public long surplus() {
        return groups.stream().mapToLong(group -> group.surplus().size()).sum();
    }

    /** Groups with rows that would go. */
    public long keys() {
        return groups.stream().filter(group -> !group.surplus().isEmpty()).count();
    }
}
