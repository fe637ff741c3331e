package dev.importonce.postgres;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Logger;

/**
 * PostgreSQL's driver, for the pool; the first connection may have been begun before there was a pool. To connect takes about
 * as long as to start, and an instance that is started because somebody asks for something lets nobody wait for both.
 */
public final class EarlyConnection implements Driver {
    private static final org.jboss.logging.Logger LOG = org.jboss.logging.Logger.getLogger(EarlyConnection.class);
    private static final AtomicReference<Opening> OPENING = new AtomicReference<>();

    private final Driver driver = new org.postgresql.Driver();

    /**
     * Begins to connect, on a thread of its own. Whoever connects to the same with the same properties first gets this
     * connection, or its failure.
     *
     * @param url {@code jdbc:postgresql://…}
     * @param user null: what the driver takes then
     * @param password null: none
     * @param first a statement to run, so that the server has in mind what it names; whether it can be run makes no
     *     difference
     */
    public static void begin(String url, String user, String password, String first) {
        Properties properties = new Properties();
        if (user != null) properties.setProperty("user", user);
        if (password != null) properties.setProperty("password", password);
        Opening opening = new Opening(url, properties, first);
        OPENING.set(opening);
        Thread thread = new Thread(opening.task(), "first-connection");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public Connection connect(String url, Properties properties) throws SQLException {
        Opening opening = OPENING.getAndSet(null);
        if (opening != null && opening.url().equals(url) && opening.properties().equals(properties))
            return opening.result();
        if (opening != null) opening.giveUp();
        return open(driver, url, properties);
    }

    private static Connection open(Driver driver, String url, Properties properties) throws SQLException {
        Properties all = new Properties();
        // Together with waiting for a connection less than the five seconds within which a caller has an answer.
        all.setProperty("connectTimeout", "3");
        all.setProperty("loginTimeout", "3");
        // No prepared statement outlives its transaction: the connection may be another one behind a pooler.
        all.setProperty("prepareThreshold", "0");
        all.setProperty("ApplicationName", "importonce");
        // The driver then gives the name while connecting, where a pooler keeps it, and not by a SET that lands
        // anywhere.
        all.setProperty("assumeMinServerVersion", "15");
        // The detail of a constraint error quotes the row: not for logs.
        all.setProperty("logServerErrorDetail", "false");
        all.putAll(properties);
        return driver.connect(url, all);
    }

    @Override
    public boolean acceptsURL(String url) throws SQLException {
        return driver.acceptsURL(url);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) throws SQLException {
        return driver.getPropertyInfo(url, properties);
    }

    @Override
    public int getMajorVersion() {
        return driver.getMajorVersion();
    }

    @Override
    public int getMinorVersion() {
        return driver.getMinorVersion();
    }

    @Override
    public boolean jdbcCompliant() {
        return driver.jdbcCompliant();
    }

    @Override
    public Logger getParentLogger() throws java.sql.SQLFeatureNotSupportedException {
        return driver.getParentLogger();
    }

    /** A connection on its way. */
    private record Opening(String url, Properties properties, FutureTask<Connection> task) {
        Opening(String url, Properties properties, String first) {
            this(url, properties, new FutureTask<>(() -> {
                Connection connection = open(new org.postgresql.Driver(), url, properties);
                touch(connection, first);
                return connection;
            }));
        }

        private static void touch(Connection connection, String first) throws SQLException {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                // Nobody waits where a migration has locked what it names.
                statement.execute("select set_config('lock_timeout', '100ms', true)");
                statement.execute(first);
            } catch (SQLException e) {
                // Such as in a database that is not migrated yet: whoever asks for more than that is told.
            }
            connection.rollback();
            connection.setAutoCommit(true);
        }

        Connection result() throws SQLException {
            try {
                return task.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof SQLException failure) throw failure;
                throw new SQLException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new SQLException(e);
            }
        }

        void giveUp() {
            LOG.info("the connection that was begun at the start is not used: the pool connects in another way");
            new Thread(() -> {
                        try {
                            result().close();
                        } catch (SQLException e) {
                            // It was not there, or is gone now: either way there is nothing to close.
                        }
                    })
                    .start();
        }
    }
}
