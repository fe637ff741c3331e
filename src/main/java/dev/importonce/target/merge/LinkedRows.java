package dev.importonce.target.merge;

import static dev.importonce.target.merge.TableParts.each;

import dev.importonce.target.declare.Link;
import java.util.Map;

/** The parts of a merge's statement that find the rows of other tables which values name. */
final class LinkedRows {
    /** Looks for a second row, so that a value never means the first one that fits. */
    private static final Template LINKED = new Template("""

                        left join lateral (
                            select count(*) as hits, min(r.id) as id
                            from (
                                select r.{id}::text as id
                                from {table} r
                                where {owner}{matches}
                                limit 2) r) {rows} on true""");

    private LinkedRows() {}

    /** A look-up for each value that names a row, as {@code l} and the value's number. */
    static String lookUps(TableParts parts) {
        return each(parts.linked(), "", LinkedRows::link);
    }

    /** The first of the values that name no row, or several: its number, and how many rows it names. */
    static String refused(TableParts parts) {
        if (parts.linked().isEmpty()) return "null::text";
        return "case "
                + each(
                        parts.linked(),
                        " ",
                        part -> "when s." + part.value() + " is not null and l" + part.number() + ".hits <> 1 then '"
                                + part.number() + " ' || l" + part.number() + ".hits")
                + " end";
    }

    private static String link(Part part) {
        Link link = part.link();
        return LINKED.fill(Map.of(
                "id", link.id().written().name(),
                "table", link.table().written(),
                "owner",
                        link.owner() == null
                                ? ""
                                : "r." + link.owner().column().written().name() + " = ?::uuid and ",
                "matches", part.matches("s." + part.value()),
                "rows", "l" + part.number()));
    }
}
