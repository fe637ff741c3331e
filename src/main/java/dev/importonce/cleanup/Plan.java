package dev.importonce.cleanup;

import java.util.List;
import java.util.UUID;

/**
 * The plan of a clean-up.
 *
 * @param undecided rows whose natural key cannot be determined: a person has to check them
 */
public record Plan(List<Group> groups, List<UUID> undecided) {
    public Plan {
        groups = List.copyOf(groups);
        undecided = List.copyOf(undecided);
    }

    /** Number of rows that would be removed. */
    public long surplus() {
        return groups.stream().mapToLong(group -> group.surplus().size()).sum();
    }

    /** Number of groups with rows that would be removed. */
    public long keys() {
        return groups.stream().filter(group -> !group.surplus().isEmpty()).count();
    }
}
