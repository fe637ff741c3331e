package dev.importonce.target.merge;

import dev.importonce.postgres.Attempt;
import dev.importonce.postgres.Row;
import dev.importonce.postgres.Sql;
import dev.importonce.target.declare.Catalogue;
import dev.importonce.target.declare.DeclaredTable;
import dev.importonce.target.declare.DeclaredTables;
import dev.importonce.target.declare.Dependent;
import dev.importonce.target.declare.Target;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Undoes a share of an import into a declared table. What the table refuses to give back is kept. Runs inside the caller's transaction. */
@ApplicationScoped
class DeclaredUndo {
    private static final String IMAGES = """
            select coalesce(max(n), 0) as last
            from target_before_images
            where job_id = ? and user_id = ? and share = ? and owner_id = ?
            """;

    private static final String KEY = """
            select (jsonb_build_object('key', k.named, 'reason', 'refused', 'fields', '[]'::jsonb)
                       || jsonb_strip_nulls(jsonb_build_object('id', key[cardinality(n.names) + 1]))
                       || case when ?::boolean then k.named else '{}' end)::text as kept
            from target_before_images
            cross join (select ?::text[] as names) n
            cross join lateral (select jsonb_object(n.names, key[1:cardinality(n.names)]) as named) k
            where job_id = ? and user_id = ? and share = ? and owner_id = ? and n = ?
            """;

    private static final String CLEAR =
            "delete from target_before_images where job_id = ? and user_id = ? and share = ? and owner_id = ?";

    private static final String FORGET =
            "delete from target_before_images where job_id = ? and user_id = ? and owner_id = ?";

    private static final int MOST_SHOWN = 100;

    private final Sql sql;
    private final DeclaredTables tables;
    private final Catalogue catalogue;

    DeclaredUndo(Sql sql, DeclaredTables tables, Catalogue catalogue) {
        this.sql = sql;
        this.tables = tables;
        this.catalogue = catalogue;
    }

    Undone undo(Target target, Share share) {
        DeclaredTable table = tables.current(target.declaration());
        Arguments arguments = new Arguments(target, table, share, MergeRules.keepAll(target));
        List<Dependent> dependents = catalogue.dependents(table.table().name());
        // Contacts that are kept have been told so since the first version.
        boolean flat = target.isShipped();
        String statement = UndoStatement.of(arguments.parts(), dependents, flat);
        String lock = UndoStatement.locked(arguments.parts());
        int others = NeededRows.owned(arguments.parts(), dependents);
        DeclaredMerge.prepare(sql, target);
        Tally tally = new Tally();
        int last = sql.one(IMAGES, row -> row.integer("last"), arguments.place());
        Halving<Part> images = new Halving<>(
                (from, to) ->
                        attempt(statement, arguments.undo(from, to, others), lock, arguments.lockImages(from, to)),
                tally::add,
                (number, refusal) -> tally.keep(refused(flat, arguments, number)));
        if (last > 0 && !images.together(last)) images.all(last);
        sql.update(CLEAR, arguments.place());
        return tally.undone();
    }

    /** Deletes the before-images of a job, wherever they are: the job's target may be declared no longer. */
    void forget(UUID jobId, UUID userId, UUID orgId) {
        Target.owners(userId, orgId).forEach(owner -> sql.update(FORGET, jobId, userId, owner));
        UnownedRows.first(sql);
        sql.update(FORGET, jobId, userId, userId);
    }

    private Attempt<Part> attempt(String statement, Object[] args, String lock, Object[] locked) {
        return Merging.repeat(
                () -> sql.attempt(statement, Part::of, Part::isWhole, args), () -> sql.one(lock, row -> row, locked));
    }

    private String refused(boolean flat, Arguments arguments, int number) {
        return sql.one(KEY, row -> row.text("kept"), arguments.image(flat, number));
    }

    /** The result of the statement for some images. */
    private record Part(
            long images, long removable, long removed, long restorable, long restored, long kept, List<String> first) {
        static Part of(Row row) {
            return new Part(
                    row.bigint("images"),
                    row.bigint("removable"),
                    row.bigint("removed"),
                    row.bigint("restorable"),
                    row.bigint("restored"),
                    row.bigint("kept"),
                    row.texts("kept_first"));
        }

        boolean isWhole() {
            return removed == removable && restored == restorable;
        }
    }

    /** Adds up what becomes of the images. */
    private static final class Tally {
        private final List<String> first = new ArrayList<>();
        private long images;
        private long kept;

        void add(Part part) {
            images += part.images();
            kept += part.kept();
            first.addAll(part.first());
        }

        void keep(String image) {
            images++;
            kept++;
            first.add(image);
        }

        Undone undone() {
            List<String> shown = first.subList(0, Math.min(first.size(), MOST_SHOWN));
            return new Undone(images - kept, kept, "[" + String.join(",", shown) + "]");
        }
    }
}
