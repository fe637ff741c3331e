package dev.importonce.target.merge;

import static dev.importonce.target.merge.TableParts.each;

import java.util.List;
import java.util.Map;

/**
 * Shows what a merge would do with the first of a job's rows in staging, before it does it. Parameters: job, user, those of
 * {@link MergeStatement}'s look-up, names of the key's fields and of the written fields (text[] each).
 */
final class OutlookStatement {
    private static final Template OUTLOOK = new Template("""
            , names as materialized (
                select ?::text[] as key, ?::text[] as written
            ), shown as (
                select * from found where refused is null order by row_no limit 100
            ), replaced as (
                select row_no, later
                from (select row_no, first_value(row_no) over (partition by {keys} order by row_no desc) as later from staged) s
                where row_no <> later
                order by row_no
                limit 100
            )
            select coalesce((
                       select jsonb_agg(jsonb_build_object('row', row_no,
                           'key', jsonb_object((select key from names), array[{key_texts}]::text[]),
                           'outcome', case when place is null then 'inserted' when differs then 'updated' else '{otherwise}' end,
                           'fields', (
                               select coalesce(jsonb_object_agg(v.name, jsonb_build_array(v.stored, v.written)), '{}')
                               from unnest((select n.written from names n), array[{stored}]::text[], array[{written}]::text[])
                                   v (name, stored, written))) order by row_no)
                       from shown{as_sent}), '[]')::text as changes,
                   coalesce((
                       select jsonb_agg(jsonb_build_object('row', row_no, 'by', later) order by row_no)
                       from replaced), '[]')::text as overridden
            """);

    private OutlookStatement() {}

    /** Of a reference, as the file names the row of the other table; people do not know its id. */
    private static String keyText(Part part) {
        return part.link() == null ? part.shown("shown." + part.value()) : "l." + part.value() + "::text";
    }

    static String of(TableParts parts) {
        List<Part> values = parts.besideKeys();
        boolean linked = parts.keys().stream().anyMatch(part -> part.link() != null);
        return Taking.nothing(parts)
                + MergeStatement.lookedUp(parts)
                + OUTLOOK.fill(Map.of(
                        "keys", each(parts.keys(), ", ", Part::told),
                        "as_sent", linked ? " join latest l using (block, row_no)" : "",
                        "key_texts", each(parts.keys(), ", ", OutlookStatement::keyText),
                        "otherwise", parts.skip() ? "skipped" : "unchanged",
                        "stored", each(values, ", ", part -> part.stored() + "::text"),
                        "written",
                                each(
                                        values,
                                        ", ",
                                        part -> parts.skip()
                                                ? "case when place is null then " + part.shown(part.written())
                                                        + " else " + part.stored() + "::text end"
                                                : part.shown(part.written()))));
    }
}
