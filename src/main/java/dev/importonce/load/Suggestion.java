package dev.importonce.load;

import dev.importonce.key.Nfc;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which column of a file is likely which field of a target: by its name, the natural key also by its values. */
public final class Suggestion {
    private static final Pattern NO_LETTER = Pattern.compile("[^\\p{L}\\p{Nd}]+");
    private static final Pattern MARK = Pattern.compile("\\p{M}+");

    /** A shorter name is part of too many others. */
    private static final int SPEAKING = 4;

    private final List<String> columns;
    private final List<String> folded;
    private final List<List<String>> sample;
    private final Map<String, String> fields = new LinkedHashMap<>();
    private final List<Integer> free;

    private Suggestion(List<String> columns, List<List<String>> sample) {
        this.columns = columns;
        this.folded = columns.stream().map(Suggestion::fold).toList();
        this.sample = sample;
        Map<String, Long> spellings =
                columns.stream().collect(Collectors.groupingBy(Suggestion::withoutCase, Collectors.counting()));
        // A name that is blank or occurs twice cannot be mapped.
        this.free = new ArrayList<>();
        int column = 0;
        for (String name : columns) {
            if (!name.isBlank() && spellings.get(withoutCase(name)) == 1) free.add(column);
            column++;
        }
    }

    /**
     * Field name to column, without the fields that no column looks like.
     *
     * @param sample some rows of the file
     */
    public static Map<String, String> of(Target target, List<String> columns, List<List<String>> sample) {
        Suggestion suggestion = new Suggestion(columns, sample);
        for (Field field : target.fields()) {
            Set<String> names = names(field);
            suggestion.take(field, column -> names.contains(suggestion.folded.get(column)));
        }
        if (target.keyFields() == 1)
            suggestion.take(target.naturalKey(), column -> suggestion.holds(target.naturalKey(), column));
        for (Field field : target.fields()) {
            List<String> names = names(field).stream()
                    .filter(name -> name.length() >= SPEAKING)
                    .toList();
            suggestion.take(field, column -> names.stream().anyMatch(suggestion.folded.get(column)::contains));
        }
        return suggestion.fields;
    }

    private void take(Field field, IntPredicate looksLike) {
        if (fields.containsKey(field.name())) return;
        free.stream().filter(looksLike::test).findFirst().ifPresent(column -> {
            fields.put(field.name(), columns.get(column));
            free.remove(column);
        });
    }

    /** Whether the field accepts nearly every value of a column; one that also accepts the column's name accepts anything. */
    private boolean holds(Field field, int column) {
        if (accepts(field, columns.get(column))) return false;
        int filled = 0;
        int accepted = 0;
        for (List<String> row : sample) {
            String value = column < row.size() ? Cells.clean(row.get(column)) : "";
            if (value.isEmpty()) continue;
            filled++;
            if (accepts(field, value)) accepted++;
        }
        return accepted > 0 && accepted * 5 >= filled * 4;
    }

    private static boolean accepts(Field field, String value) {
        try {
            field.normaliser().normalise(value);
            return true;
        } catch (Normaliser.Refused e) {
            return false;
        }
    }

    private static Set<String> names(Field field) {
        return Stream.concat(Stream.of(field.name()), field.headers().stream())
                .map(Suggestion::fold)
                .collect(Collectors.toSet());
    }

    /** Equal exactly where {@link String#equalsIgnoreCase} holds. */
    private static String withoutCase(String name) {
        return name.codePoints()
                .map(c -> Character.toLowerCase(Character.toUpperCase(c)))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Letters and digits alone, without accents and case. */
    private static String fold(String name) {
        String apart = Nfc.isSafe(name) ? Normalizer.normalize(name, Normalizer.Form.NFKD) : name;
        String plain = MARK.matcher(apart).replaceAll("");
        return NO_LETTER.matcher(plain).replaceAll("").toLowerCase(Locale.ROOT);
    }
}
