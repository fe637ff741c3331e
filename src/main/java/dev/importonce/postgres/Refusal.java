package dev.importonce.postgres;

import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Why PostgreSQL refused the rows of a statement: a value, a constraint, or an exception of a trigger.
 *
 * @param state SQLSTATE (PostgreSQL, appendix A)
 * @param schema schema of the table; null: none is said
 * @param table its name; of a partitioned table the partition's
 * @param constraint name of the constraint or unique index; null: none
 * @param column name of the column; null: none is said
 * @param message what PostgreSQL or the trigger says; may contain values of the row
 */
public record Refusal(String state, String schema, String table, String constraint, String column, String message) {
    /**
     * Classes of errors that are not about the rows: the connection, a feature, the transaction's state, privileges, the
     * catalogue, rollbacks, syntax and names, resources, limits, an object's state, an operator, the system, and bugs.
     */
    private static final Set<String> OF_OTHERS = Set.of(
            "08", "0A", "0B", "0L", "0P", "25", "26", "28", "2B", "2D", "34", "3B", "3D", "3F", "40", "42", "53", "54",
            "55", "57", "58", "72", "F0", "HV", "XX");

    /** The part of PostgreSQL that checks policies: their violation has the SQLSTATE of a missing privilege. */
    private static final String BY_POLICY = "ExecWithCheckOptions";

    /** In a message; an index has the number of its shard behind its name. */
    private static final Pattern CONSTRAINT = Pattern.compile(" constraint \"(.+?)(?:_[0-9]{6,})?\"");

    /** What PostgreSQL says of violations, and their SQLSTATE. */
    private static final Map<String, String> VIOLATIONS = Map.of(
            " violates check constraint ", "23514",
            " violates unique constraint ", "23505",
            " violates foreign key constraint ", "23503",
            "null value in column ", "23502");

    private static final Pattern COLUMN = Pattern.compile("null value in column \"(.+?)\"");

    /** What the failure says about the rows; null: it is not about them. */
    static Refusal of(SQLException failure) {
        ServerErrorMessage said = failure instanceof PSQLException server ? server.getServerErrorMessage() : null;
        if (said == null || said.getSQLState() == null) return null;
        String state = state(said);
        boolean isOfRow = !OF_OTHERS.contains(state.substring(0, 2)) || BY_POLICY.equals(said.getRoutine());
        return isOfRow
                ? new Refusal(
                        state,
                        said.getSchema(),
                        said.getTable(),
                        said.getConstraint() == null ? named(CONSTRAINT, state, said) : said.getConstraint(),
                        said.getColumn() == null ? named(COLUMN, state, said) : said.getColumn(),
                        said.getMessage())
                : null;
    }

    /** A coordinator that copies rows to a node calls its refusal an internal error. */
    private static String state(ServerErrorMessage said) {
        if (!said.getSQLState().equals("XX000") || said.getMessage() == null) return said.getSQLState();
        return VIOLATIONS.entrySet().stream()
                .filter(violation -> said.getMessage().contains(violation.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(said.getSQLState());
    }

    /** What a node of a distributed database has said: the coordinator passes on its message, and no names beside it. */
    private static String named(Pattern kind, String state, ServerErrorMessage said) {
        if (said.getTable() != null || said.getMessage() == null || !state.startsWith("23")) return null;
        Matcher name = kind.matcher(said.getMessage());
        return name.find() ? name.group(1) : null;
    }

    /** Whether a unique index has such a row already. */
    public boolean isTaken() {
        return UniqueViolations.STATE.equals(state);
    }
}
