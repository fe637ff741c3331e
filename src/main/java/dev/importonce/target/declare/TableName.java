package dev.importonce.target.declare;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a table, as the catalogue has it.
 *
 * @param schema its schema
 * @param name its name in the schema
 */
public record TableName(String schema, String name) {
    private static final String IDENTIFIER = "\"(?:[^\"]|\"\")+\"|[\\p{L}_][\\p{L}\\p{N}_$]*";
    private static final Pattern QUALIFIED =
            Pattern.compile("(?<schema>" + IDENTIFIER + ")\\.(?<name>" + IDENTIFIER + ")");

    /** Reads schema and name as in SQL: in quotes where necessary, and in lower case without them. Empty: it is none. */
    public static Optional<TableName> read(String text) {
        Matcher parts = QUALIFIED.matcher(text);
        return parts.matches()
                ? Optional.of(new TableName(identifier(parts.group("schema")), identifier(parts.group("name"))))
                : Optional.empty();
    }

    private static String identifier(String text) {
        return text.startsWith("\"")
                ? text.substring(1, text.length() - 1).replace("\"\"", "\"")
                : text.toLowerCase(Locale.ROOT);
    }
}
