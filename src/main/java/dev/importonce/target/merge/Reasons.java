package dev.importonce.target.merge;

import dev.importonce.postgres.Refusal;
import dev.importonce.target.declare.Catalogue;
import dev.importonce.target.declare.DeclaredField;
import dev.importonce.target.declare.DeclaredTable;
import dev.importonce.target.declare.TableName;
import dev.importonce.target.declare.Target;
import dev.importonce.words.Sentence;
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
    private final Map<String, Object> columns = new HashMap<>();

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
    Sentence ofLink(int number, int hits) {
        DeclaredField field = target.staged().get(number - 1);
        return Sentence.of(
                hits == 0 ? "reference-not-found" : "reference-found-twice",
                field.field().name(),
                field.reference().table(),
                String.join(", ", field.reference().match()));
    }

    /** @param refusal null: the row was dropped without an error */
    Sentence of(Refusal refusal) {
        if (refusal == null) return Sentence.of("dropped-by-trigger");
        Object place = place(refusal);
        return switch (refusal.state()) {
            case "23502" -> Sentence.of("column-needs-value", refusal.column());
            case "23503" -> Sentence.of("referenced-row-missing", place);
            case "23505" -> Sentence.of("same-values-stored", place);
            case "23514" -> Sentence.of("refused-by-check", place);
            case "23P01" -> Sentence.of("conflicting-row", place);
            case "22001" -> Sentence.of("text-too-long", place);
            case "22003" -> Sentence.of("number-too-large", place);
            case "42501" -> Sentence.of("refused-by-row-security");
            default ->
                refusal.state().startsWith("22") || refusal.state().startsWith("23")
                        ? Sentence.of("values-refused", place, refusal.state())
                        : Sentence.of("refused-by-trigger", start(refusal.message()));
        };
    }

    /** A part of the sentence, or nothing. */
    private Object place(Refusal refusal) {
        String constraint = refusal.constraint();
        if (constraint == null) return refusal.column() == null ? "" : Sentence.of("place-column", refusal.column());
        return columns.computeIfAbsent(constraint, name -> {
            TableName where =
                    refusal.table() == null ? table.table().name() : new TableName(refusal.schema(), refusal.table());
            List<String> on = catalogue.columns(where, name);
            return on.isEmpty()
                    ? Sentence.of("place-constraint", name)
                    : Sentence.of("place-constraint-on", name, String.join(", ", on));
        });
    }

    private static String start(String message) {
        if (message == null) return "";
        int end = Math.min(message.length(), MOST_CHARS);
        if (end < message.length() && Character.isHighSurrogate(message.charAt(end - 1))) end--;
        return message.substring(0, end);
    }
}
