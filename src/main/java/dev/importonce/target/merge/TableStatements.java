package dev.importonce.target.merge;

/**
 * The statements that a job needs for its declared table, written once from the same parts.
 *
 * @param vacant whether the owner has no row yet; null: an insert of new rows cannot be used
 * @param guard fails if the table has not the unique index that an insert of new rows goes by
 * @param insert inserts a share of new rows
 * @param merge merges a share
 * @param lock locks what is stored for the keys of a share, in their order
 * @param spread takes a share apart
 * @param insertSome inserts some new rows of a share that was taken apart
 * @param some merges some rows of a share that was taken apart
 * @param lockSome locks what is stored for the keys of some rows
 */
record TableStatements(
        String vacant,
        String guard,
        String insert,
        Writing merge,
        String lock,
        String spread,
        String insertSome,
        Writing some,
        String lockSome) {
    /** @param undoable whether the merges keep before-images */
    static TableStatements of(TableParts parts, boolean undoable) {
        boolean insertable =
                !undoable && parts.linked().isEmpty() && !parts.table().mayDropRows();
        return new TableStatements(
                insertable ? InsertStatement.vacant(parts) : null,
                insertable ? InsertStatement.guard(parts) : null,
                insertable ? InsertStatement.of(parts) : null,
                merge(parts, Taking.share(parts), undoable),
                MergeStatement.locked(parts, Taking.look(parts)),
                SpreadStatement.of(parts),
                insertable ? InsertStatement.some(parts) : null,
                merge(parts, Taking.rows(parts), undoable),
                MergeStatement.locked(parts, Taking.rows(parts)));
    }

    private static Writing merge(TableParts parts, String taking, boolean undoable) {
        return undoable ? ImagesStatement.of(parts, taking) : new Writing(MergeStatement.of(parts, taking), null, null);
    }

    boolean canInsert() {
        return insert != null;
    }
}
