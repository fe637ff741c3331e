package dev.importonce.target.declare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Targets;
import dev.importonce.target.type.Normaliser;
import java.text.Normalizer;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Suggestions are those of the plain way, which compares each column with each other, in time with their number. */
class SuggestionPropertyTest {
    private static final Target PEOPLE = Targets.withAttributes(
            "people",
            new Field("email", 254, SuggestionPropertyTest::mail, List.of("E-Mail-Adresse", "Mail")),
            Field.text("firstName", 50, "Vorname", "Pr\u00e9nom"),
            Field.text("company", 50, "Firma", "Stra\u00dfe"),
            Field.text("phone", 50, "Tel"));

    @Property(tries = 3000)
    void suggestions_are_those_of_comparing_all_columns_in_pairs(
            @ForAll("columns") List<String> columns, @ForAll("rows") List<List<String>> rows) {
        assertEquals(new Plain(columns, rows).fields(), Suggestion.of(PEOPLE, columns, rows));
    }

    @Property(tries = 3000)
    void a_column_beside_the_values_changes_nothing(
            @ForAll("columns") List<String> columns,
            @ForAll("rows") List<List<String>> rows,
            @ForAll("beside") Map.Entry<String, String> beside,
            @ForAll @IntRange(max = 12) int place) {
        int at = Math.min(place, columns.size());
        List<String> more = new ArrayList<>(columns);
        more.add(at, beside.getKey());
        List<List<String>> moreRows =
                rows.stream().map(row -> with(row, at, beside.getValue())).toList();

        assertEquals(Suggestion.of(PEOPLE, columns, rows), Suggestion.of(PEOPLE, more, moreRows));
    }

    /** A row that ends before that place gets blank cells up to it. */
    private static List<String> with(List<String> row, int at, String value) {
        List<String> cells = new ArrayList<>(row);
        while (cells.size() < at) cells.add("");
        cells.add(at, value);
        return cells;
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
                "E-mail 1 - Value",
                "E-mail 2 - Value",
                "Phone 1 - Value",
                "Company Name",
                "Company ID",
                "Contact",
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

    /** Somebody else's addresses, labels, identifiers. */
    @Provide
    Arbitrary<Map.Entry<String, String>> beside() {
        Arbitrary<String> owners = Arbitraries.of(
                "Owner Email",
                "ownerEmail",
                "Account owner e-mail",
                "Manager Mail",
                "Assigned to (email)",
                "Created By Email",
                "Zust\u00e4ndig: E-Mail-Adresse",
                "Responsable: Vorname");
        Arbitrary<String> others = Arbitraries.of(
                "Email 1 - Label",
                "Email 2 - Type",
                "E-mail 1 - Label",
                "Phone 1 - Label",
                "Phone type",
                "Firma ID",
                "Associated Company ID",
                "CompanyId",
                "companyid",
                "Company Code",
                "Firma-Nr.",
                "Email ID",
                "Vorname Nr",
                "Phonetic Vorname");
        return Arbitraries.oneOf(
                owners.map(name -> Map.entry(name, "boss@b")), others.map(name -> Map.entry(name, "99")));
    }

    @Provide
    Arbitrary<List<List<String>>> rows() {
        return Arbitraries.of("a@b", "", " c@d ", "e@f", "x", "1")
                .list()
                .ofMaxSize(12)
                .list()
                .ofMaxSize(4);
    }

    private static String mail(String value) throws Normaliser.Refused {
        if (!value.contains("@")) throw new Normaliser.Refused("email-without-at");
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

    /** The plain way: each column by itself, no name kept. */
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
            Field key = PEOPLE.naturalKey();
            IntPredicate called = column -> isCalled(key, column);
            IntPredicate looksLike = column -> isCalled(key, column) || isSpokenOf(key, column);
            take(
                    key,
                    fields,
                    free,
                    most(free, column -> called.test(column) && (mails(column) > 0 || filled(column) == 0)));
            for (Field field : PEOPLE.fields())
                if (field != key) take(field, fields, free, first(free, column -> isCalled(field, column)));
            take(key, fields, free, numbered(free, most(free, column -> looksLike.test(column) && holdsMail(column))));
            take(key, fields, free, most(free, column -> !isAnothers(columns.get(column)) && holdsMail(column)));
            take(key, fields, free, numbered(free, most(free, looksLike)));
            for (Field field : PEOPLE.fields())
                if (field != key) take(field, fields, free, first(free, column -> isSpokenOf(field, column)));
            return fields;
        }

        private void take(Field field, Map<String, String> fields, List<Integer> free, Optional<Integer> column) {
            if (fields.containsKey(field.name()) || column.isEmpty()) return;
            fields.put(field.name(), columns.get(column.get()));
            free.remove(column.get());
        }

        private static Optional<Integer> first(List<Integer> free, IntPredicate looksLike) {
            return free.stream().filter(looksLike::test).findFirst();
        }

        private Optional<Integer> most(List<Integer> free, IntPredicate looksLike) {
            return free.stream()
                    .filter(looksLike::test)
                    .min(Comparator.<Integer>comparingLong(column -> -differentMails(column))
                            .thenComparing(column -> column));
        }

        private Optional<Integer> numbered(List<Integer> free, Optional<Integer> chosen) {
            return chosen.flatMap(column -> first(free, other -> letters(other).equals(letters(column)))
                    .filter(other -> differentMails(column) < 2 * differentMails(other) + 2)
                    .or(() -> chosen));
        }

        private String letters(int column) {
            return fold(columns.get(column)).replaceAll("\\p{Nd}", "");
        }

        private boolean isCalled(Field field, int column) {
            return names(field).anyMatch(fold(columns.get(column))::equals);
        }

        private boolean isSpokenOf(Field field, int column) {
            String name = columns.get(column);
            return !isAnothers(name)
                    && names(field)
                            .filter(own -> own.length() >= 4 && !own.equals("mail"))
                            .anyMatch(own -> name.matches("(?is).*(id|type|label|nr|code)\\W*")
                                    ? fold(name).endsWith(own)
                                    : fold(name).contains(own));
        }

        private static boolean isAnothers(String name) {
            return name.matches("(?is).*(owner|manager|assigned|created|phonetic).*");
        }

        private boolean holdsMail(int column) {
            if (columns.get(column).contains("@")) return false;
            return mails(column) > 0 && mails(column) * 5 >= filled(column) * 4;
        }

        private long filled(int column) {
            return values(column).count();
        }

        private long mails(int column) {
            return values(column).filter(value -> value.contains("@")).count();
        }

        private long differentMails(int column) {
            return values(column)
                    .filter(value -> value.contains("@"))
                    .distinct()
                    .count();
        }

        private Stream<String> values(int column) {
            return sample.stream()
                    .map(row -> column < row.size() ? row.get(column).strip() : "")
                    .filter(value -> !value.isEmpty());
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
