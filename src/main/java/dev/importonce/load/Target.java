package dev.importonce.load;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A target of imports, as data. The statements work for any job:
 *
 * @param name its name in mappings
 * @param fields those of the natural key come first
 * @param keyFields how many of them are the natural key, at least 1; required in every mapping and row
 * @param row the rule for a row's values together; {@link RowRule#NONE} for most targets
 * @param texts number of values of a row that are staged; the number of fields, unless {@code row} returns other values
 * @param attributes whether other columns can be stored, too
 * @param stage binary COPY into the staging table: job, user, share, block, row numbers, ids, one text array per
 *     value that is staged, and one of attributes if it has them
 * @param merge takes a share out of staging and upserts it; parameters and columns as in {@link BulkUpsert}
 * @param compare counts what merging all of a job's staging rows would do; parameters as in {@link BulkUpsert#compare}
 * @param discard deletes a job's staging rows except locked ones; parameters: job, user, job, user
 * @param staged selects the jobs that have staging rows, as job_id and user_id
 * @param insert inserts a share that has only new natural keys; null: such a share is merged like any other
 * @param undo undoes an import; null: imports cannot be undone
 */
public record Target(
        String name,
        List<Field> fields,
        int keyFields,
        RowRule row,
        int texts,
        boolean attributes,
        String stage,
        String merge,
        String compare,
        String discard,
        String staged,
        InsertStatements insert,
        UndoStatements undo) {

    /** The first field that identifies a row in the outside world. */
    public Field naturalKey() {
        return fields.get(0);
    }

    /** Whether a share that has only new keys can be inserted. */
    public boolean insertable() {
        return insert != null;
    }

    /** Whether an import can be undone. */
    public boolean undoable() {
        return undo != null;
    }

    /** Whether every mapping and row must have the field at that position. */
    public boolean requires(int field) {
        return field < keyFields || fields.get(field).required();
    }

    /** Position of a field, or -1. */
    int indexOf(String field) {
        return IntStream.range(0, fields.size())
                .filter(i -> fields.get(i).name().equals(field))
                .findFirst()
                .orElse(-1);
    }
}
