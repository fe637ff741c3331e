package dev.importonce.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Runs whole statements on the connection of the current transaction; without a transaction, each statement commits by
 * itself. Parameters may be UUID, String, numbers, Boolean, Instant, byte[], String[], Integer[], Long[] and null.
 */
@ApplicationScoped
public class Sql {
    private static final String COMMIT_LAZILY = "select set_config('synchronous_commit', 'off', true)";

    private final DataSource dataSource;
    private final Turns turns;
    private final UniqueViolations violations;

    Sql(DataSource dataSource, Turns turns, UniqueViolations violations) {
        this.dataSource = dataSource;
        this.turns = turns;
        this.violations = violations;
    }

    /** @return the number of rows written */
    public int update(String sql, Object... args) {
        return connected(connection -> run(connection, sql, args, PreparedStatement::executeUpdate));
    }

    /** Runs a statement that has neither parameters nor a result. */
    public void execute(String sql) {
        connected(connection -> {
            execute(connection, sql);
            return null;
        });
    }

    /** All rows, in the order of the statement. */
    public <T> List<T> list(String sql, Function<Row, T> read, Object... args) {
        return connected(connection -> query(connection, sql, read, args));
    }

    /** The first row, if there is one. */
    public <T> Optional<T> first(String sql, Function<Row, T> read, Object... args) {
        return list(sql, read, args).stream().findFirst();
    }

    /** The only row of a statement that always returns one. */
    public <T> T one(String sql, Function<Row, T> read, Object... args) {
        return first(sql, read, args).orElseThrow();
    }

    /**
     * As {@link #one}, under a savepoint: if PostgreSQL refuses the rows, or if the result is not to be kept, only this
     * statement is rolled back. Only inside a transaction.
     */
    public <T> Attempt<T> attempt(String sql, Function<Row, T> read, Predicate<T> keep, Object... args) {
        return attempt(() -> one(sql, read, args), keep);
    }

    /** As the other {@code attempt}, for work of several statements. */
    public <T> Attempt<T> attempt(Supplier<T> work, Predicate<T> keep) {
        execute("savepoint attempt");
        Attempt<T> attempt = tried(work, keep);
        execute((attempt.kept() ? "" : "rollback to savepoint attempt; ") + "release savepoint attempt");
        return attempt;
    }

    private <T> Attempt<T> tried(Supplier<T> work, Predicate<T> keep) {
        try {
            T value = violations.expecting(work);
            return new Attempt<>(value, null, keep.test(value));
        } catch (DatabaseException e) {
            Refusal refusal = Refusal.of((SQLException) e.getCause());
            if (refusal == null) throw e;
            return new Attempt<>(null, refusal, false);
        }
    }

    /**
     * Lets the current transaction commit without waiting for the disk. A crash of the database may undo it, as a whole; any
     * later commit that waits for the disk makes this one durable, too (PostgreSQL manual, asynchronous commit).
     */
    public void commitLazily() {
        one(COMMIT_LAZILY, row -> row);
    }

    /**
     * Streams rows in through {@code COPY … FROM STDIN (FORMAT binary)}; rolls back with the transaction.
     *
     * @return the number of rows copied
     */
    public long copy(String sql, Consumer<BinaryCopy> rows) {
        return connected(connection -> {
            CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
            try {
                BinaryCopy out = new BinaryCopy(copy);
                rows.accept(out);
                out.finish();
                return copy.endCopy();
            } finally {
                if (copy.isActive()) copy.cancelCopy();
            }
        });
    }

    /** Does the work in the current transaction; after the signal its statements are cancelled. */
    public <T> T until(CompletableFuture<?> signal, Supplier<T> work) {
        return connected(connection -> {
            Cancelling cancelling = new Cancelling(connection.unwrap(PGConnection.class), signal);
            try {
                return work.get();
            } finally {
                cancelling.close();
            }
        });
    }

    /** Used for savepoints, since the pool refuses Connection.rollback(Savepoint) within a transaction. */
    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static <T> List<T> query(Connection connection, String sql, Function<Row, T> read, Object[] args)
            throws SQLException {
        return run(connection, sql, args, statement -> {
            try (ResultSet rows = statement.executeQuery()) {
                List<T> list = new ArrayList<>();
                while (rows.next()) list.add(read.apply(new Row(rows)));
                return list;
            }
        });
    }

    private static <T> T run(Connection connection, String sql, Object[] args, Action<PreparedStatement, T> action)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < args.length; i++) bind(connection, statement, i + 1, args[i]);
            return action.run(statement);
        }
    }

    private <T> T connected(Action<Connection, T> action) {
        try {
            return turns.inTurn(() -> {
                try (Connection connection = dataSource.getConnection()) {
                    return action.run(connection);
                }
            });
        } catch (SQLException e) {
            violations.count(e);
            throw new DatabaseException(e);
        }
    }

    private static void bind(Connection connection, PreparedStatement statement, int index, Object arg)
            throws SQLException {
        if (arg instanceof Instant instant) {
            statement.setObject(index, instant.atOffset(ZoneOffset.UTC));
        } else if (arg instanceof String[] texts) {
            statement.setArray(index, connection.createArrayOf("text", texts));
        } else if (arg instanceof Long[] numbers) {
            statement.setArray(index, connection.createArrayOf("bigint", numbers));
        } else if (arg instanceof Integer[] numbers) {
            statement.setArray(index, connection.createArrayOf("integer", numbers));
        } else {
            statement.setObject(index, arg);
        }
    }

    private interface Action<C, T> {
        T run(C connectionOrStatement) throws SQLException;
    }
}
