package dev.importonce.target.declare;

import dev.importonce.target.type.Cells;
import dev.importonce.target.type.Normaliser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Suggests which column of a file belongs to which field of a target: by the column's name, and for the natural key also by
 * its values. A column about another person ({@code Owner Email}), or about a property of a value ({@code Company ID},
 * {@code Phone 1 - Label}), is suggested only for a field with exactly this name: users accept a wrong suggestion more often
 * than they overlook a missing one.
 */
public final class Suggestion {
    /** Shorter names are a part of too many other names. */
    private static final int SPEAKING = 4;

    /** Names that have this meaning only as a whole name: "Last" is a name of a person, "Last activity" is not. */
    private static final Set<String> ALONE = Set.of("first", "last", "mail", "nome", "nombre", "date", "datum");

    private final List<String> columns;
    private final List<ColumnName> names;
    private final List<List<String>> sample;
    private final Map<String, String> fields = new LinkedHashMap<>();
    private final List<Integer> free;

    private Suggestion(List<String> columns, List<List<String>> sample) {
        this.columns = columns;
        this.names = columns.stream().map(ColumnName::of).toList();
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
     * Field name to column, without fields for which no column is found.
     *
     * @param sample some rows of the file
     */
    public static Map<String, String> of(Target target, List<String> columns, List<List<String>> sample) {
        Suggestion suggestion = new Suggestion(columns, sample);
        Field key = target.keyFields() == 1 ? target.naturalKey() : null;
        Key values = key == null ? null : suggestion.new Key(key);
        if (key != null) suggestion.take(key, values::named);
        for (Field field : target.fields())
            if (field != key) suggestion.take(field, () -> suggestion.first(suggestion.called(field)));
        if (key != null) suggestion.take(key, values::likely);
        for (Field field : target.fields())
            if (field != key) suggestion.take(field, () -> suggestion.first(suggestion.spoken(field)));
        for (Field field : target.fields())
            if (!target.together(field).stream().allMatch(each -> suggestion.fields.containsKey(each.name())))
                suggestion.fields.remove(field.name());
        return suggestion.fields;
    }

    private void take(Field field, Supplier<Optional<Integer>> search) {
        if (fields.containsKey(field.name())) return;
        search.get().ifPresent(column -> {
            fields.put(field.name(), columns.get(column));
            free.remove(column);
        });
    }

    private Optional<Integer> first(IntPredicate looksLike) {
        return free.stream().filter(looksLike::test).findFirst();
    }

    /** Columns with one of the field's names. */
    private IntPredicate called(Field field) {
        Set<String> called = namesOf(field).map(ColumnName::folded).collect(Collectors.toSet());
        return column -> called.contains(names.get(column).folded());
    }

    /** Columns whose name contains one of the field's names. */
    private IntPredicate spoken(Field field) {
        List<ColumnName> speaking = namesOf(field)
                .filter(name -> name.folded().length() >= SPEAKING && !ALONE.contains(name.folded()))
                .toList();
        return column -> speaking.stream().anyMatch(names.get(column)::speaksOf);
    }

    private static Stream<ColumnName> namesOf(Field field) {
        return Stream.concat(Stream.of(field.name()), field.headers().stream()).map(ColumnName::of);
    }

    /** Equal exactly where {@link String#equalsIgnoreCase} holds. */
    private static String withoutCase(String name) {
        return name.codePoints()
                .map(c -> Character.toLowerCase(Character.toUpperCase(c)))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Finds the column of the natural key, which can be recognised by most of its values. */
    private final class Key {
        private final Field field;
        private final IntPredicate called;
        private final IntPredicate looksLike;
        private final Map<Integer, Values> values = new HashMap<>();

        Key(Field field) {
            this.field = field;
            this.called = called(field);
            this.looksLike = called.or(spoken(field));
        }

        /** The column with most values among those with the key's name, unless the field accepts none of its values. */
        Optional<Integer> named() {
            return most(called.and(column -> of(column).mayBe()));
        }

        /** By name and values, else by values, else by name. */
        Optional<Integer> likely() {
            return most(looksLike.and(this::holds))
                    .map(this::orFirstOfItsKind)
                    .or(() -> most(column -> !names.get(column).ofAnother() && holds(column)))
                    .or(() -> most(looksLike).map(this::orFirstOfItsKind));
        }

        /**
         * Among columns that differ only in a number, the first one, unless it has clearly fewer accepted values, as when
         * its cells have several values.
         */
        private int orFirstOfItsKind(int column) {
            return first(other -> names.get(other).isNumberedAs(names.get(column)))
                    .filter(other -> of(column).different() <= 2 * of(other).different() + 1)
                    .orElse(column);
        }

        private Optional<Integer> most(IntPredicate looksLike) {
            Integer most = null;
            for (Integer column : free)
                if (looksLike.test(column) && (most == null || of(column).different() > of(most).different()))
                    most = column;
            return Optional.ofNullable(most);
        }

        /**
         * Whether the field accepts nearly every value of a column; a field that also accepts the column's name accepts
         * anything, and does not count.
         */
        private boolean holds(int column) {
            return of(column).holds() && !accepts(columns.get(column));
        }

        private Values of(int column) {
            return values.computeIfAbsent(column, this::count);
        }

        private Values count(int column) {
            List<String> filled = sample.stream()
                    .map(row -> column < row.size() ? Cells.clean(row.get(column)) : "")
                    .filter(value -> !value.isEmpty())
                    .toList();
            List<String> accepted = filled.stream().filter(this::accepts).toList();
            return new Values(
                    filled.size(), accepted.size(), Set.copyOf(accepted).size());
        }

        private boolean accepts(String value) {
            try {
                field.normaliser().normalise(value);
                return true;
            } catch (Normaliser.Refused e) {
                return false;
            }
        }
    }

    /**
     * How many values a column has in the sample.
     *
     * @param accepted number of values that the field accepts
     * @param different number of different values among these
     */
    private record Values(int filled, int accepted, int different) {
        boolean mayBe() {
            return accepted > 0 || filled == 0;
        }

        boolean holds() {
            return accepted > 0 && accepted * 5 >= filled * 4;
        }
    }
}
