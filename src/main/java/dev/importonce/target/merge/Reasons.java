package dev.importonce.target.merge;

import dev.importonce.postgres.Refusal;
import dev.importonce.target.declare.Catalogue;
import dev.importonce.target.declare.DeclaredField;
import dev.importonce.target.declare.DeclaredTable;
import dev.importonce.target.declare.TableName;
import dev.importonce.target.declare.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Says why a table refuses a row, without values of other rows. Not thread-safe. */
final class Reasons {
    /** A trigger's message is for people, but may be long. */
    private static final int MOST_CHARS = 300;

    private final Catalogue catalogue;
    private final Target target;
    private final DeclaredTable table;
    private final Map<String, String> columns = new HashMap<>();

    Reasons(Catalogue catalogue, Target target, DeclaredTable table) {
        this.catalogue = catalogue;
        this.target = target;
        this.table = table;
    }

    /**
     * Why the value of a reference has no row.
     *
     * @param number the field's place, from 1
     * @param hits how many rows it names: none, or two for several
     */
    String ofLink(int number, int hits) {
        DeclaredField field = target.staged().get(number - 1);
        String name = field.field().name();
        String other = field.reference().table() + " by "
                + String.join(", ", field.reference().match()) + ".";
        return hits == 0 ? name + " names no row of " + other : name + " names several rows of " + other;
    }

    /** @param refusal null: the row was dropped without an error */
    String of(Refusal refusal) {
        if (refusal == null) return "The table did not store the row: one of its triggers drops it.";
        String place = place(refusal);
        return switch (refusal.state()) {
            case "23502" -> "The column " + refusal.column() + " needs a value.";
            case "23503" -> "The row that it refers to does not exist" + place + ".";
            case "23505" -> "Another row has the same values already" + place + ".";
            case "23514" -> "The table's check refuses it" + place + ".";
            case "23P01" -> "It conflicts with another row" + place + ".";
            case "22001" -> "A text is too long for its column" + place + ".";
            case "22003" -> "A number is too large for its column" + place + ".";
            case "42501" -> "The table's row-level security refuses it.";
            default ->
                refusal.state().startsWith("22") || refusal.state().startsWith("23")
                        ? "The table refuses its values" + place + " (error " + refusal.state() + ")."
                        : "A trigger of the table refuses it: " + start(refusal.message());
        };
    }

    private String place(Refusal refusal) {
        String constraint = refusal.constraint();
        if (constraint == null) return refusal.column() == null ? "" : " (" + refusal.column() + ")";
        return columns.computeIfAbsent(constraint, name -> {
            TableName where =
                    refusal.table() == null ? table.table().name() : new TableName(refusal.schema(), refusal.table());
            List<String> on = catalogue.columns(where, name);
            return " (" + name + (on.isEmpty() ? "" : " on " + String.join(", ", on)) + ")";
        });
    }

    private static String start(String message) {
        if (message == null) return "";
        int end = Math.min(message.length(), MOST_CHARS);
        if (end < message.length() && Character.isHighSurrogate(message.charAt(end - 1))) end--;
        return message.substring(0, end);
    }
}
