package dev.importonce.postgres;

import java.util.regex.Pattern;

/** What the driver takes for an address. It is asked only for what has this shape: of anything else it tells the log, password and all. */
public final class JdbcUrl {
    /** What one looks like. */
    public static final String EXAMPLE = "jdbc:postgresql://host:5432/database";

    private static final String HOST = "(?:\\[[0-9A-Fa-f:.]+]|[^\\s\\[\\]:,/?@]*)(?::\\d{1,5})?";
    private static final Pattern SHAPE =
            Pattern.compile("jdbc:postgresql:(?://" + HOST + "(?:," + HOST + ")*/)?[^\\s/?]*(?:\\?\\S*)?");

    private JdbcUrl() {}

    /** Whether it is one of PostgreSQL, with nobody's name or password before the host. */
    public static boolean isOne(String text) {
        return SHAPE.matcher(text).matches();
    }
}
