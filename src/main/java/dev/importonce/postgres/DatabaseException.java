package dev.importonce.postgres;

import java.sql.SQLException;

/** A statement that failed; ends the transaction it ran in. */
public final class DatabaseException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DatabaseException(SQLException cause) {
        super(cause.getMessage(), cause);
    }

    /** SQLSTATE (PostgreSQL, appendix A), or the empty string. */
    public String state() {
        String state = ((SQLException) getCause()).getSQLState();
        return state == null ? "" : state;
    }
}
