package dev.importonce.target.merge;

import dev.importonce.target.declare.Dependent;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The part of an undo's statement that asks whether rows of other tables need a row that it would delete. */
final class NeededRows {
    private NeededRows() {}

    /**
     * Whether another table would delete or change its own rows when the row is deleted, or whether nobody can tell. Parameters: the
     * owner as often as {@link #owned} says.
     */
    static String isNeeded(TableParts parts, List<Dependent> dependents) {
        if (dependents.isEmpty()) return "false";
        return dependents.stream()
                .map(dependent -> dependent.readable() ? exists(parts, dependent) : "true")
                .collect(Collectors.joining(" or "));
    }

    /** How many columns of the other tables have the owner. */
    static int owned(TableParts parts, List<Dependent> dependents) {
        return (int) dependents.stream()
                .filter(Dependent::readable)
                .flatMap(dependent -> dependent.referenced().stream())
                .filter(column -> isOwner(parts, column))
                .count();
    }

    private static String exists(TableParts parts, Dependent dependent) {
        return IntStream.range(0, dependent.columns().size())
                .mapToObj(i -> "r." + dependent.columns().get(i) + " = "
                        + value(parts, dependent.referenced().get(i)))
                .collect(Collectors.joining(" and ", "exists (select from " + dependent.table() + " r where ", ")"));
    }

    private static String value(TableParts parts, String column) {
        return isOwner(parts, column) ? "?::uuid" : "c." + column;
    }

    private static boolean isOwner(TableParts parts, String column) {
        return parts.isOwned() && parts.owner().written().name().equals(column);
    }
}
