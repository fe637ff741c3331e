package dev.importonce.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.text.Normalizer;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Suggestions are those of the plain way, which compares each column with each other, in time with their number. */
class SuggestionPropertyTest {
    private static final Target PEOPLE = new Target(
            "people",
            List.of(
                    new Field("email", 254, SuggestionPropertyTest::mail, List.of("E-Mail-Adresse", "Mail")),
                    Field.text("firstName", 50, "Vorname", "Pr\u00e9nom"),
                    Field.text("company", 50, "Firma", "Stra\u00dfe"),
                    Field.text("phone", 50, "Tel")),
            1,
            true,
            "",
            "",
            "",
            "",
            "",
            null,
            null);

    @Property(tries = 3000)
    void columns_are_suggested_as_if_each_were_compared_with_each_other(
            @ForAll("columns") List<String> columns, @ForAll("rows") List<List<String>> rows) {
        assertEquals(new Plain(columns, rows).fields(), Suggestion.of(PEOPLE, columns, rows));
    }

    @Example
    void each_column_is_looked_at_a_few_times_however_many_there_are() {
        int many = 16_384;
        Counted columns = new Counted(many);

        assertEquals(Map.of(), Suggestion.of(PEOPLE, columns, List.of()));
        assertTrue(columns.looks <= 10L * many, () -> columns.looks + " looks at " + many + " columns");
    }

    @Provide
    Arbitrary<List<String>> columns() {
        Arbitrary<String> known = Arbitraries.of(
                "email",
                "E-MAIL",
                "e mail",
                "Old email",
                "Vorname",
                "VORNAME",
                "prenom",
                "Firma",
                "strasse",
                "STRA\u1e9eE",
                "Tel",
                "tel.",
                "x",
                "X",
                "",
                " ",
                "\u00b5",
                "\u03bc",
                "\u039c",
                "\u0131",
                "I",
                "i",
                "\u0130",
                "K",
                "\u212a",
                "k",
                "\u00ff",
                "\u0178",
                "\u01c5",
                "\u01c4",
                "\u03c2",
                "\u03c3",
                "\ud801\udc00",
                "\ud801\udc28",
                "e\u0301",
                "\u00e9",
                "\u00c9");
        return Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(4, known),
                        net.jqwik.api.Tuple.of(1, Arbitraries.strings().ofMaxLength(3)))
                .list()
                .ofMaxSize(12);
    }

    @Provide
    Arbitrary<List<List<String>>> rows() {
        return Arbitraries.of("a@b", "", " c@d ", "x", "1")
                .list()
                .ofMaxSize(12)
                .list()
                .ofMaxSize(4);
    }

    private static String mail(String value) throws Normaliser.Refused {
        if (!value.contains("@")) throw new Normaliser.Refused("has no @");
        return value;
    }

    /** As many names as are wanted, none of which is a field's; counts how often one is asked for. */
    private static final class Counted extends AbstractList<String> {
        private final int size;
        private long looks;

        Counted(int size) {
            this.size = size;
        }

        @Override
        public String get(int column) {
            looks++;
            return "q" + column;
        }

        @Override
        public int size() {
            return size;
        }
    }

    /** The plain way. */
    private record Plain(List<String> columns, List<List<String>> sample) {
        Map<String, String> fields() {
            Map<String, String> fields = new LinkedHashMap<>();
            List<Integer> free = new ArrayList<>(IntStream.range(0, columns.size())
                    .filter(i -> !columns.get(i).isBlank())
                    .filter(i -> columns.stream()
                                    .filter(columns.get(i)::equalsIgnoreCase)
                                    .count()
                            == 1)
                    .boxed()
                    .toList());
            for (Field field : PEOPLE.fields())
                take(field, fields, free, column -> names(field).anyMatch(fold(columns.get(column))::equals));
            take(PEOPLE.naturalKey(), fields, free, this::holdsMail);
            for (Field field : PEOPLE.fields())
                take(field, fields, free, column -> names(field)
                        .filter(name -> name.length() >= 4)
                        .anyMatch(fold(columns.get(column))::contains));
            return fields;
        }

        private void take(Field field, Map<String, String> fields, List<Integer> free, IntPredicate looksLike) {
            if (fields.containsKey(field.name())) return;
            free.stream().filter(looksLike::test).findFirst().ifPresent(column -> {
                fields.put(field.name(), columns.get(column));
                free.remove(column);
            });
        }

        private boolean holdsMail(int column) {
            if (columns.get(column).contains("@")) return false;
            List<String> filled = sample.stream()
                    .map(row -> column < row.size() ? row.get(column).strip() : "")
                    .filter(value -> !value.isEmpty())
                    .toList();
            long mails = filled.stream().filter(value -> value.contains("@")).count();
            return mails > 0 && mails * 5 >= filled.size() * 4L;
        }

        private static Stream<String> names(Field field) {
            return Stream.concat(Stream.of(field.name()), field.headers().stream())
                    .map(Plain::fold);
        }

        private static String fold(String name) {
            return Normalizer.normalize(name, Normalizer.Form.NFKD)
                    .replaceAll("\\p{M}+", "")
                    .replaceAll("[^\\p{L}\\p{Nd}]+", "")
                    .toLowerCase(Locale.ROOT);
        }
    }
}
