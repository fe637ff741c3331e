package dev.importonce.postgres;

import java.sql.SQLException;

/** A statement has failed; its transaction cannot continue. */
public final class DatabaseException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DatabaseException(SQLException cause) {
        super(cause.getMessage(), cause);
    }

    /** Whether the statement was cancelled, or exceeded its statement or lock time limit. */
    public boolean isCancelled() {
        return state().equals("57014") || state().equals("55P03");
    }

    /** SQLSTATE (PostgreSQL, appendix A), or the empty string. */
    public String state() {
        String state = ((SQLException) getCause()).getSQLState();
        return state == null ? "" : state;
    }
}
