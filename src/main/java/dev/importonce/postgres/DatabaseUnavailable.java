package dev.importonce.postgres;

import java.sql.SQLException;
import java.util.Set;

/** Distinguishes a database that is currently unavailable from one that refuses a statement. */
public final class DatabaseUnavailable {
    /**
     * SQLSTATE classes (PostgreSQL, appendix A): 08 connection, 53 insufficient resources, 57P shutdown or crash, 58 system error;
     * and single states: 42P01 no such table and 42703 no such column, the schema is not migrated yet;
     * 99999 the driver's own for a connection attempt that the pool gave up.
     */
    private static final Set<String> CLASSES = Set.of("08", "53", "58");

    private static final Set<String> STATES =
            Set.of("57P01", "57P02", "57P03", "57P05", "25P03", "42P01", "42703", "99999");

    private DatabaseUnavailable() {}

    /** Checks all causes in the chain. */
    public static boolean isCauseOf(Throwable failure) {
        return RootCause.chain(failure).stream().anyMatch(t -> t instanceof SQLException sql && isUnavailable(sql));
    }

    private static boolean isUnavailable(SQLException e) {
        String state = e.getSQLState();
        // The pool reports that it could not hand out a connection in time without an SQLSTATE.
        if (state == null || state.length() < 5) return true;
        return CLASSES.contains(state.substring(0, 2)) || STATES.contains(state);
    }
}
