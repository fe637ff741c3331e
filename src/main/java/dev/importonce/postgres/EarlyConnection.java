package dev.importonce.postgres;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Logger;

/**
 * PostgreSQL's driver, for the pool; the first connection may be opened before the pool exists. Connecting takes
 * time, over TLS and a network most, and if a platform starts an instance for a request, the request should not wait for the
 * start first and for the connection afterwards.
 */
public final class EarlyConnection implements Driver {
    private static final org.jboss.logging.Logger LOG = org.jboss.logging.Logger.getLogger(EarlyConnection.class);
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final AtomicReference<Opening> OPENING = new AtomicReference<>();

    private final Driver driver = new org.postgresql.Driver();

    /**
     * Begins to connect, on a thread of its own. The first caller that connects to the same URL with the same properties
     * within ten seconds gets this connection, or its failure.
     *
     * @param url {@code jdbc:postgresql://…}
     * @param user null: the driver's default
     * @param password null: none
     */
    public static void begin(String url, String user, String password) {
        begin(url, user, password, System.nanoTime());
    }

    static void begin(String url, String user, String password, long begunAt) {
        Properties properties = new Properties();
        if (user != null) properties.setProperty("user", user);
        if (password != null) properties.setProperty("password", password);
        Opening opening = new Opening(url, properties, begunAt);
        OPENING.set(opening);
        Thread thread = new Thread(opening.task(), "first-connection");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public Connection connect(String url, Properties properties) throws SQLException {
        Opening opening = OPENING.getAndSet(null);
        if (opening != null && opening.isFor(url, properties) && opening.isFresh()) return opening.result();
        if (opening != null) opening.giveUp();
        return open(driver, url, properties);
    }

    private static Connection open(Driver driver, String url, Properties properties) throws SQLException {
        Properties all = new Properties();
        // Together with the wait for a connection this is less than the five seconds within which a caller gets an
        // answer.
        all.setProperty("connectTimeout", "3");
        all.setProperty("loginTimeout", "3");
        // No server-side prepared statements: behind a pooler, the next transaction may use another server
        // connection.
        all.setProperty("prepareThreshold", "0");
        all.setProperty("ApplicationName", "importonce");
        // The driver then sends the name while it connects, so that a pooler keeps it, and not by a SET that would
        // affect any server connection.
        all.setProperty("assumeMinServerVersion", "15");
        // The detail of a constraint error quotes the row, which must not get into logs.
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

    /** A connection that is being opened. */
    private record Opening(String url, Properties properties, long begunAt, FutureTask<Connection> task) {
        Opening(String url, Properties properties, long begunAt) {
            this(url, properties, begunAt, new FutureTask<>(() -> open(new org.postgresql.Driver(), url, properties)));
        }

        boolean isFor(String otherUrl, Properties otherProperties) {
            return url.equals(otherUrl) && properties.equals(otherProperties);
        }

        /** Later, the server or a pooler may have closed the connection, and a failure may have passed. */
        boolean isFresh() {
            return System.nanoTime() - begunAt < FRESH_NANOS;
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
            LOG.info(
                    "the connection that was begun at the start is not used: it is old, or the pool connects in another way");
            new Thread(() -> {
                        try {
                            result().close();
                        } catch (SQLException e) {
                            // The connection was never opened, or is closed already.
                        }
                    })
                    .start();
        }
    }
}
