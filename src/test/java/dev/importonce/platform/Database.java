package dev.importonce.platform;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/** The application's database, for a look behind its back. */
public record Database(String url) {
    /** A connection of its own. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url);
    }

    /** Runs a statement that changes something. */
    public int update(String sql, Object... args) {
        try (Connection connection = connect();
                PreparedStatement statement = prepare(connection, sql, args)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs something while a transaction of ours holds what this statement locks. */
    public void whileHolding(String lock, Runnable work) {
        during(lock, work, false);
    }

    /** Runs something while what this statement changes is not committed yet. */
    public void whileUncommitted(String change, Runnable work) {
        during(change, work, true);
    }

    /** Waits until a statement waits for somebody's transaction; that is somebody's who must not have ended by then. */
    public void awaitBlocked(Future<?> waiter) {
        while (count("select count(*) from pg_locks where not granted and locktype = 'transactionid'") == 0) {
            if (waiter.isDone()) throw new AssertionError("it ended and waited for nobody");
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Waits until a transaction that waits for a lock is as old as that; that is somebody's who must not have ended by then. */
    public void awaitOlderThan(int seconds, Future<?> waiter) {
        String waiting = """
                select count(*) from pg_stat_activity
                where wait_event_type = 'Lock' and datname = current_database() and xact_start < now() - make_interval(secs => ?)
                """;
        while (count(waiting, seconds) == 0) {
            if (waiter.isDone()) throw new AssertionError("it ended and waited no longer");
            LockSupport.parkNanos(10_000_000);
        }
    }

    private void during(String statement, Runnable work, boolean commit) {
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            connection.createStatement().execute(statement);
            work.run();
            if (commit) connection.commit();
            else connection.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first column of the only row. */
    public long count(String sql, Object... args) {
        return ((Number) rows(sql, args).get(0).get(0)).longValue();
    }

    /** All rows, as lists of column values. */
    public List<List<Object>> rows(String sql, Object... args) {
        try (Connection connection = connect();
                PreparedStatement statement = prepare(connection, sql, args);
                ResultSet result = statement.executeQuery()) {
            List<List<Object>> rows = new ArrayList<>();
            while (result.next()) {
                List<Object> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) row.add(result.getObject(i));
                rows.add(row);
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... args) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < args.length; i++) statement.setObject(i + 1, args[i]);
        return statement;
    }
}
