package dev.importonce.target.merge;

import dev.importonce.target.declare.CatalogueColumn;
import dev.importonce.target.declare.Link;
import dev.importonce.target.merge.MergeRules.Rule;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A column of a declared table that a job writes, and the expressions that its values have in statements. The values of the
 * file are {@code i.v1}, {@code i.v2} and so on, those of the table {@code k.c1} and so on.
 *
 * @param number its place among the values that are staged, from 1
 * @param column what the catalogue says of it
 * @param rule how a value of the file changes the stored one
 * @param hasDefault whether the declaration has a value for blank cells of new rows
 * @param link the rows that its values name; null: the values are the column's own
 */
record Part(int number, CatalogueColumn column, Rule rule, boolean hasDefault, Link link) {
    private static final Set<String> TEXTS = Set.of("text", "varchar", "bpchar", "citext");
    private static final Set<String> LISTS = Set.of("_text", "_varchar", "_bpchar", "_citext");

    /** The column's quoted name. */
    String name() {
        return column.written().name();
    }

    String value() {
        return "v" + number;
    }

    String stored() {
        return "c" + number;
    }

    String written() {
        return "n" + number;
    }

    /** A text as a value of the column's type, with its collation. */
    String typed(String text) {
        String collation = column.written().collation();
        return "(" + text + ")::" + column.written().type() + (collation == null ? "" : " collate " + collation);
    }

    /** A text of the file as a value of a key: of a reference, as the other table has its own; several texts are an array. */
    String keyed(String text) {
        if (link == null) return typed(text);
        return link.matches().size() == 1 ? matched(text, 0) : array(text);
    }

    /** The values of a key by which rows are told apart. */
    String told() {
        return link == null || link.matches().size() == 1
                ? value()
                : IntStream.range(0, link.matches().size())
                        .mapToObj(i -> matched(value(), i))
                        .collect(Collectors.joining(", "));
    }

    /** The condition that a row of the other table, r, has a value's texts. */
    String matches(String text) {
        return IntStream.range(0, link.matches().size())
                .mapToObj(i -> "r." + link.matches().get(i).written().name() + " = " + matched(text, i))
                .collect(Collectors.joining(" and "));
    }

    private String matched(String text, int place) {
        String own = link.matches().size() == 1 ? text : "(" + array(text) + ")[" + (place + 1) + "]";
        return new Part(number, link.matches().get(place), rule, false, null).typed(own);
    }

    private static String array(String text) {
        return "(" + text + ")::text[]";
    }

    /** What a new row has if the cell is blank; null: nothing. */
    String byDefault() {
        if (hasDefault) return "(select " + "d" + number + " from job)";
        return column.written().byDefault() == null
                ? null
                : escaped(column.written().byDefault());
    }

    /** The value to write: of a new row, or of an existing one. */
    String merged() {
        String file = "i." + value();
        String stored = "k." + stored();
        String existing =
                switch (rule) {
                    case CLEAR -> file;
                    case FILL -> "coalesce(" + stored + ", " + file + ")";
                    case KEEP -> "coalesce(" + file + ", " + stored + ")";
                };
        return "case when k.place is null then " + fresh() + " else " + existing + " end";
    }

    /** The value of a new row. */
    String fresh() {
        return byDefault() == null ? "i." + value() : "coalesce(i." + value() + ", " + byDefault() + ")";
    }

    /**
     * In a form that differs whenever the values differ: texts byte by byte, also if the column ignores case; json, which has
     * no equality, as jsonb.
     */
    String comparable(String expression) {
        if (TEXTS.contains(column.type())) return "(" + expression + ")::text collate \"C\"";
        if (LISTS.contains(column.type())) return "(" + expression + ")::text[] collate \"C\"";
        return column.type().equals("json") ? "(" + expression + ")::jsonb" : expression;
    }

    /** As a text, with the decimals that the column would store it with. */
    String shown(String value) {
        return column.type().equals("numeric") && column.scale() >= 0
                ? "round(" + value + ", " + column.scale() + ")::text"
                : value + "::text";
    }

    /** The JDBC driver takes a question mark outside of quotes for a parameter, unless it is doubled. */
    private static String escaped(String expression) {
        StringBuilder escaped = new StringBuilder();
        char quote = 0;
        for (char c : expression.toCharArray()) {
            if (quote == 0 && (c == '\'' || c == '"')) quote = c;
            else if (c == quote) quote = 0;
            escaped.append(c == '?' && quote == 0 ? "??" : c);
        }
        return escaped.toString();
    }
}
