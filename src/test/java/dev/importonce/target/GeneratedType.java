package dev.importonce.target;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Each type with cells that it takes, and what the database then shows, and cells that it does not take, that mean two things by
 * themselves, or that name nothing.
 */
enum GeneratedType {
    TEXT(
            "varchar(9)",
            ", \"maxLength\": 9, \"normalise\": [\"lower\"]",
            " Ann Ü>ann ü",
            "ANN ü>ann ü",
            "O''x>o''x",
            "0012>0012",
            "much too long"),
    EMAIL("text", "", "Ann@Example.com>ann@example.com", "<b@c.example>>b@c.example", "a@b"),
    PHONE(
            "text",
            ", \"region\": \"DE\"",
            "+49 (0)30 901820>+4930901820",
            "0171/123 45 67>+491711234567",
            "+41 44 668 18 00>+41446681800",
            "110",
            "030 901820 ext. 5"),
    URL("text", "", "https://example.com/a#b=1>https://example.com/a#b=1", "nowhere"),
    INTEGER("bigint", ", \"min\": -5", "7>7", "-3>-3", "2.0>2", "2>2", "-6", "x", "1.5"),
    DECIMAL("numeric", ", \"scale\": 2", "1.50>1.50", "-0.1>-0.1", "1234>1234", "1.234", "1,234?1234", "x"),
    BOOLEAN("boolean", "", "yes>true", "nein>false", "1>true", "oui>true", "maybe"),
    DATE("date", "", "2030-01-31>2030-01-31", "31.01.2030>2030-01-31", "03/04/2030?2030-04-03", "2030-02-30"),
    TIME("time", "", "17:30>17:30:00", "5:30 pm>17:30:00", "25:00"),
    TIMESTAMP("timestamptz", "", "2030-01-31T10:00:00+01:00>2030-01-31 09:00:00", "03/04/2030 10:00"),
    UUID("uuid", "", "ABCDEF00-0000-4000-8000-000000000001>abcdef00-0000-4000-8000-000000000001", "abc"),
    ENUM(
            "text",
            ", \"values\": {\"active\": [\"aktiv\"], \"gone\": [\"weg\"]}",
            "aktiv>active",
            "ACTIVE>active",
            "weg>gone",
            "ja"),
    JSON("jsonb", "", "{\"a\": 1}>{\"a\": 1}", "[]>[]", "{"),
    LIST("text[]", "", "a;b>{a,b}", "x>{x}", "a\0b"),
    REFERENCE(
            "bigint",
            ", \"references\": {\"table\": \"public.named_by_chance\", \"match\": [\"code\"], \"owner\": null}",
            "ONE>1",
            "two>2",
            "three!"),
    /** An integer of which the table refuses some by a rule that the service cannot check while it reads. */
    CHECKED("integer check (checked_ * checked_ <> 49)", "", "8>8", "9>9", "7>7");

    /** What can be a part of a natural key. */
    static final List<GeneratedType> OF_KEYS =
            List.of(TEXT, EMAIL, PHONE, URL, INTEGER, DECIMAL, BOOLEAN, DATE, TIME, TIMESTAMP, UUID, ENUM);

    /** Of these cells one says how the ambiguous ones of its column are read, unless one of the others is there. */
    private static final Set<String> CLEAR = Set.of("1.50", "-0.1", "31.01.2030");

    private static final Set<String> UNCLEAR = Set.of("x", "2030-02-30");

    private final String column;
    private final String rules;
    private final List<Cell> good;
    private final List<Cell> bad;

    GeneratedType(String column, String rules, String... cells) {
        this.column = column;
        this.rules = rules;
        List<Cell> all = Stream.of(cells).map(Cell::of).toList();
        good = all.stream().filter(Cell::isGood).toList();
        bad = all.stream().filter(cell -> !cell.isGood()).toList();
    }

    /** Cells that it takes, whatever else is in their column. */
    List<Cell> good() {
        return good;
    }

    /** The same in a natural key, where 1.5 and 1.50 are one. */
    List<Cell> goodInKey() {
        return this == DECIMAL ? good.stream().map(Cell::withoutZeros).toList() : good;
    }

    /** Others. */
    List<Cell> bad() {
        return bad;
    }

    /** The column of a table, with that name before the underscore. */
    String column(String name) {
        return name + "_ " + column;
    }

    /** The field of a declaration. */
    String field(String name) {
        return "{\"name\": \"%1$s\", \"column\": \"%1$s_\", \"type\": \"%2$s\"%3$s}"
                .formatted(name, this == CHECKED ? "integer" : name().toLowerCase(), rules);
    }

    /** What a select has in order to show the column's value as the cells say it. */
    String shown(String name) {
        return this == TIMESTAMP ? "(" + name + "_ at time zone 'UTC')::text" : name + "_::text";
    }

    /** Whether these texts of a column say how its ambiguous ones are read. */
    boolean isClear(List<String> texts) {
        return texts.stream().anyMatch(CLEAR::contains) && texts.stream().noneMatch(UNCLEAR::contains);
    }

    /** Whether nothing is found that the cell names. */
    boolean namesNothing(Cell cell) {
        return this == REFERENCE && cell.bad();
    }

    /** Whether the table refuses the value. */
    boolean refuses(String value) {
        return this == CHECKED && "7".equals(value);
    }

    /** What a file has, and what the database then shows; without a value it is blank, or bad. */
    record Cell(String text, String value, boolean bad, boolean ambiguous) {
        static final Cell BLANK = new Cell("", null, false, false);

        private static Cell of(String written) {
            String cell = written.replace("''", "'");
            int mark = Math.max(cell.lastIndexOf('>'), cell.lastIndexOf('?'));
            return mark < 0
                    ? new Cell(cell, null, true, false)
                    : new Cell(cell.substring(0, mark), cell.substring(mark + 1), false, cell.charAt(mark) == '?');
        }

        private Cell withoutZeros() {
            return new Cell(text, new BigDecimal(value).stripTrailingZeros().toPlainString(), bad, ambiguous);
        }

        private boolean isGood() {
            return !bad && !ambiguous;
        }
    }
}
