package dev.importonce.target.merge;

import dev.importonce.postgres.Attempt;
import dev.importonce.postgres.Sql;
import java.util.List;
import java.util.function.Supplier;

/** Runs the statements of one share, each kind under a savepoint. */
final class Merging {
    /** A row that is missed once more each time is dropped by a trigger. */
    private static final int MOST_REPEATS = 3;

    private final Sql sql;
    private final TableStatements statements;
    private final Arguments arguments;

    Merging(Sql sql, TableStatements statements, Arguments arguments) {
        this.sql = sql;
        this.statements = statements;
        this.arguments = arguments;
    }

    boolean isVacant() {
        return sql.one(statements.vacant(), row -> row.bool("vacant"), arguments.vacant());
    }

    /** Fails if the table has not the index by which new rows are told from stored ones, and keeps it until the transaction ends. */
    void guard() {
        sql.update(statements.guard());
    }

    /** Inserts a share of new rows, and takes it out of staging. */
    Attempt<Written> insert() {
        return sql.attempt(
                () -> {
                    guard();
                    int inserted = sql.update(statements.insert(), arguments.insert());
                    return sql.one(
                            InsertStatement.TAKEN,
                            row -> new Written(
                                    row.integer("blocks"),
                                    row.bigint("staged"),
                                    inserted,
                                    0,
                                    0,
                                    inserted,
                                    0,
                                    List.of()),
                            arguments.place());
                },
                all -> true);
    }

    /** Merges the share. */
    Attempt<Written> all() {
        return repeat(
                () -> write(
                        statements.merge(), arguments.merge(statements.merge().isUndoable()), 0),
                () -> sql.one(statements.lock(), row -> row, arguments.lock()));
    }

    /** Inserts some rows of the share, which was taken apart; merges them, if not all are new. {@link #guard} has to precede. */
    Attempt<Written> someNew(int from, int to) {
        Attempt<Written> inserted = sql.attempt(
                () -> {
                    int rows = sql.update(statements.insertSome(), arguments.insert(from, to));
                    return new Written(0, 0, rows, 0, 0, rows, 0, List.of());
                },
                all -> true);
        return inserted.kept() || !inserted.refusal().isTaken() ? inserted : some(from, to);
    }

    /** Merges some rows of the share, which was taken apart. */
    Attempt<Written> some(int from, int to) {
        Object[] args = arguments.some(from, to, statements.some().isUndoable());
        return repeat(
                () -> write(statements.some(), args, from - 1),
                () -> sql.one(statements.lockSome(), row -> row, arguments.lock(from, to)));
    }

    /** Takes the share apart. */
    Written spread() {
        Written told = Told.by(sql, arguments.place(), statements.spread(), arguments.spread());
        return new Written(told.blocks(), told.staged(), told.inserted(), 0, 0, 0, 0, List.of());
    }

    private Attempt<Written> write(Writing writing, Object[] args, int images) {
        return sql.attempt(
                () -> {
                    Written told = Told.by(sql, arguments.place(), writing.statement(), args);
                    return writing.isUndoable() ? told.inserted(rows(writing, told, images)) : told;
                },
                Written::isWhole);
    }

    private int rows(Writing writing, Written told, int images) {
        if (told.missing() == 0) return 0;
        int inserted = sql.update(writing.rows(), arguments.row(images));
        if (writing.reread() != null) sql.update(writing.reread(), arguments.reread(images));
        return inserted;
    }

    /**
     * Repeats statements while another transaction was quicker with one of their rows, and locks the rows before: then only a key
     * that was not stored yet, or is not stored any more, can be missed again.
     */
    static <T> Attempt<T> repeat(Supplier<Attempt<T>> statements, Runnable lock) {
        Attempt<T> attempt = statements.get();
        for (int i = 0; i < MOST_REPEATS && !attempt.kept() && attempt.refusal() == null; i++) {
            lock.run();
            attempt = statements.get();
        }
        return attempt;
    }
}
