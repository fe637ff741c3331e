package dev.importonce.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.importonce.fixture.TestPostgres;
import dev.importonce.postgres.HandoverQueue;
import io.quarkus.arc.ClientProxy;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** What the application's connections are like, whichever server process they meet. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class ConnectionsTest {
    private static final int AT_ONCE = 8;

    private final DataSource dataSource;

    ConnectionsTest(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Test
    void each_names_its_owner_and_reads_what_is_committed() throws SQLException {
        List<String> seen = new ArrayList<>();
        List<Connection> open = new ArrayList<>();
        try {
            // Transactions at the same time: a server process each.
            for (int i = 0; i < AT_ONCE; i++) {
                Connection connection = dataSource.getConnection();
                open.add(connection);
                connection.setAutoCommit(false);
                seen.add(shown(connection));
            }
        } finally {
            for (Connection connection : open) {
                connection.rollback();
                connection.close();
            }
        }
        assertEquals(Collections.nCopies(AT_ONCE, "importonce, read committed"), seen);
    }

    @Test
    @DisabledForJreRange(min = JRE.JAVA_22)
    void who_waits_for_one_waits_where_waiting_ends() throws ReflectiveOperationException {
        Object pool = value(ClientProxy.unwrap(dataSource), "connectionPool");
        assertInstanceOf(HandoverQueue.class, value(pool, "handlerTransferQueue"));
    }

    private static Object value(Object of, String field) throws ReflectiveOperationException {
        var declared = of.getClass().getDeclaredField(field);
        declared.setAccessible(true);
        return declared.get(of);
    }

    private static String shown(Connection connection) throws SQLException {
        try (ResultSet row = connection
                .createStatement()
                .executeQuery(
                        "select current_setting('application_name') || ', ' || current_setting('transaction_isolation')")) {
            row.next();
            return row.getString(1);
        }
    }
}
