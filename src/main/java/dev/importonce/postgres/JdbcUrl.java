package dev.importonce.postgres;

import java.util.regex.Pattern;

/**
 * The shape of a JDBC URL of PostgreSQL. Only URLs of this shape are given to the driver: it would log any other text,
 * including its password.
 */
public final class JdbcUrl {
    /** An example for error messages. */
    public static final String EXAMPLE = "jdbc:postgresql://host:5432/database";

    private static final String HOST = "(?:\\[[0-9A-Fa-f:.]+]|[^\\s\\[\\]:,/?@]*)(?::\\d{1,5})?";
    private static final Pattern SHAPE =
            Pattern.compile("jdbc:postgresql:(?://" + HOST + "(?:," + HOST + ")*/)?[^\\s/?]*(?:\\?\\S*)?");

    private JdbcUrl() {}

    /** Whether the text is a JDBC URL of PostgreSQL, without a user or password before the host. */
    public static boolean isOne(String text) {
        return SHAPE.matcher(text).matches();
    }
}
