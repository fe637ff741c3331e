package dev.importonce.target.declare;

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
 * @param statements what its rows are written with
 */
public record Target(
        String name,
        List<Field> fields,
        int keyFields,
        RowRule row,
        int texts,
        boolean attributes,
        ImportStatements statements) {

    /** The first field that identifies a row in the outside world. */
    public Field naturalKey() {
        return fields.get(0);
    }

    /** Whether a share that has only new keys can be inserted. */
    public boolean insertable() {
        return statements.insert() != null;
    }

    /** Whether an import can be undone. */
    public boolean undoable() {
        return statements.undo() != null;
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
