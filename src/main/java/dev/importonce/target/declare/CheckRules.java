package dev.importonce.target.declare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a table's CHECK constraints say about single columns, as PostgreSQL writes them ({@code pg_get_constraintdef}): lists of
 * values, and bounds. Others are the database's alone: their rows are rejected when they are written.
 */
final class CheckRules {
    private static final String NAME = "(?:\"(?<quoted>(?:[^\"]|\"\")+)\"|(?<plain>[a-z_][a-z0-9_$]*))";
    private static final String COLUMN = "\\(*" + NAME + "\\)*(?:::text)?\\)*";
    private static final Pattern LIST =
            Pattern.compile("\\(*" + COLUMN + " = ANY \\(+ARRAY\\[(?<values>.*?)](?:\\)?::text\\[])?\\)+");
    private static final Pattern ONE_OF =
            Pattern.compile("'((?:[^']|'')*)'::(?:text|character varying|bpchar)(?:\\(\\d+\\))?(?:::text)?");
    private static final Pattern BOUND = Pattern.compile(
            "\\(*" + COLUMN
                    + " (?<sign>>=|<=) \\(*'?(?<value>-?\\d+(?:\\.\\d+)?)'?\\)*(?:::(?:numeric|integer|bigint|smallint|double precision))?\\)*");

    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private final Map<String, String> min = new LinkedHashMap<>();
    private final Map<String, String> max = new LinkedHashMap<>();
    private final List<String> others = new ArrayList<>();

    /** @param checks definitions: {@code CHECK ((…))} */
    CheckRules(List<String> checks) {
        for (String check : checks) {
            String condition = check.replaceFirst("^CHECK \\((.*)\\)(?: NOT VALID)?$", "$1");
            if (!isList(condition) && !areBounds(condition)) others.add(condition);
        }
    }

    /** The only values of a column; empty: any. */
    List<String> values(String column) {
        return values.getOrDefault(column, List.of());
    }

    Optional<String> min(String column) {
        return Optional.ofNullable(min.get(column));
    }

    Optional<String> max(String column) {
        return Optional.ofNullable(max.get(column));
    }

    /** The conditions that say anything else. */
    List<String> others() {
        return List.copyOf(others);
    }

    private boolean isList(String condition) {
        Matcher list = LIST.matcher(condition);
        if (!list.matches()) return false;
        List<String> found = new ArrayList<>();
        Matcher value = ONE_OF.matcher(list.group("values"));
        int end = 0;
        while (value.find()) {
            if (!list.group("values").substring(end, value.start()).matches("(, )?\\(?")) return false;
            found.add(value.group(1).replace("''", "'"));
            end = value.end();
        }
        if (found.isEmpty() || !list.group("values").substring(end).matches("\\)?")) return false;
        values.put(column(list), found);
        return true;
    }

    private boolean areBounds(String condition) {
        String[] parts = condition.replaceFirst("^\\((.* AND .*)\\)$", "$1").split(" AND ");
        List<Matcher> bounds = new ArrayList<>();
        for (String part : parts) {
            Matcher bound = BOUND.matcher(part);
            if (!bound.matches()) return false;
            bounds.add(bound);
        }
        for (Matcher bound : bounds)
            (bound.group("sign").equals(">=") ? min : max).put(column(bound), bound.group("value"));
        return true;
    }

    private static String column(Matcher match) {
        return match.group("quoted") == null
                ? match.group("plain")
                : match.group("quoted").replace("\"\"", "\"");
    }
}
