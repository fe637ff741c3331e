package dev.importonce.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.Service;
import dev.importonce.fixture.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EarlyConnectionTest {
    private final String url = TestPostgres.newDatabase();
    private final Database database = new Database(url);

    @Test
    void the_begun_connection_goes_to_the_first_equal_request() throws SQLException {
        EarlyConnection.begin(url, null, null);
        int begun = begun();

        try (Connection first = new EarlyConnection().connect(url, new Properties());
                Connection second = new EarlyConnection().connect(url, new Properties())) {
            assertEquals(begun, backend(first));
            assertNotEquals(begun, backend(second));
        }
    }

    @Test
    void another_request_gets_another_and_the_begun_one_is_closed() throws SQLException {
        EarlyConnection.begin(url, null, null);
        int begun = begun();
        Properties others = new Properties();
        others.setProperty("ApplicationName", "another");

        try (Connection connection = new EarlyConnection().connect(url, others)) {
            assertNotEquals(begun, backend(connection));
            assertEquals("another", connection.getClientInfo("ApplicationName"));
        }
        while (database.count("select count(*) from pg_stat_activity where pid = ?", begun) > 0) Thread.onSpinWait();
    }

    @Test
    void an_old_one_is_closed_and_another_is_opened() throws SQLException {
        EarlyConnection.begin(url, null, null, System.nanoTime() - TimeUnit.SECONDS.toNanos(11));
        int begun = begun();

        try (Connection connection = new EarlyConnection().connect(url, new Properties())) {
            assertNotEquals(begun, backend(connection));
        }
        while (database.count("select count(*) from pg_stat_activity where pid = ?", begun) > 0) Thread.onSpinWait();
    }

    @Test
    void a_server_that_is_not_there_is_the_failure_of_who_connects() throws Exception {
        String nowhere = "jdbc:postgresql://127.0.0.1:" + Service.freePort() + "/postgres";
        EarlyConnection.begin(nowhere, "postgres", "secret");
        Properties properties = new Properties();
        properties.setProperty("user", "postgres");
        properties.setProperty("password", "secret");

        SQLException failure =
                assertThrows(SQLException.class, () -> new EarlyConnection().connect(nowhere, properties));
        assertEquals("08001", failure.getSQLState());
    }

    /** The number of its backend, as soon as it is there. */
    private int begun() {
        while (true) {
            var rows = database.rows("""
                    select pid from pg_stat_activity
                    where datname = current_database() and application_name = 'importonce'
                    """);
            if (!rows.isEmpty()) return (Integer) rows.get(0).get(0);
            Thread.onSpinWait();
        }
    }

    private static int backend(Connection connection) throws SQLException {
        try (ResultSet row = connection.createStatement().executeQuery("select pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }
}
