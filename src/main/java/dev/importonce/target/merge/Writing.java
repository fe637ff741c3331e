package dev.importonce.target.merge;

/**
 * The statements that merge rows.
 *
 * @param statement merges them; of an undoable job, all but the new ones, whose images it keeps. To be run by {@link Told}
 * @param rows inserts the new rows from their images; null: {@code statement} does. Parameters: job, user, share, owner, and the
 *     number of the last image before
 * @param reread reads these images again from the table. Parameters: those of {@code rows}, the owner if the table has one, job,
 *     user, share, owner. Null: not necessary
 */
record Writing(String statement, String rows, String reread) {
    boolean isUndoable() {
        return rows != null;
    }
}
