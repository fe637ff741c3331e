package dev.importonce.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.function.BooleanSupplier;
import org.postgresql.Driver;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Receives notifications on a connection of its own, which must be a direct one: through a pooler LISTEN succeeds, but
 * receives nothing.
 */
public final class Listener {
    private static final int WAIT_MILLIS = 5_000;

    private final String url;
    private final String listen;

    /**
     * @param url a {@link JdbcUrl}, user and password included
     * @param channel a plain lower-case identifier
     */
    public Listener(String url, String channel) {
        if (!channel.matches("[a-z_]+")) throw new IllegalArgumentException("not a plain identifier: " + channel);
        if (!JdbcUrl.isOne(url)) throw new IllegalArgumentException("not a JDBC URL of PostgreSQL");
        this.url = url;
        this.listen = "listen " + channel;
    }

    /**
     * Listens as long as {@code wanted} is true and the connection is open.
     *
     * @param heard runs once when listening has begun, since earlier notifications were missed, and then for each batch of
     *     notifications
     * @throws DatabaseException when the connection cannot be opened or breaks
     */
    public void listenWhile(BooleanSupplier wanted, Runnable heard) {
        // Not through the DriverManager: its error message quotes a URL that it cannot use.
        try (Connection connection = new Driver().connect(url, new Properties());
                Statement statement = connection.createStatement()) {
            statement.execute(listen);
            heard.run();
            PGConnection notified = connection.unwrap(PGConnection.class);
            while (wanted.getAsBoolean()) {
                PGNotification[] notifications = notified.getNotifications(WAIT_MILLIS);
                if (notifications != null && notifications.length > 0) heard.run();
            }
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }
}
