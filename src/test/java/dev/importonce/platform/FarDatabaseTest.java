package dev.importonce.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Await;
import dev.importonce.fixture.Database;
import dev.importonce.fixture.NoWorkers;
import dev.importonce.postgres.Sql;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A database to which each connection takes long to open. */
@QuarkusTest
@QuarkusTestResource(value = CuttableDatabase.class, restrictToAnnotatedClass = true)
@TestProfile(NoWorkers.class)
@Timeout(120)
class FarDatabaseTest {
    private static final int CROWD = 60;

    private static final String OPEN =
            "select count(*) from pg_stat_activity where datname = current_database() and application_name = 'importonce'";

    private final AgroalDataSource pool;
    private final Sql sql;
    private final ExecutorService threads = Executors.newFixedThreadPool(CROWD);

    Database database;
    TcpProxy line;

    FarDatabaseTest(AgroalDataSource pool, Sql sql) {
        this.pool = pool;
        this.sql = sql;
    }

    @AfterEach
    void near() {
        line.far(Duration.ZERO);
        threads.shutdownNow();
    }

    /** There is one connection. To open all that the crowd may have takes longer than anybody waits. */
    @Test
    void a_crowd_shares_the_connections_that_are_open() {
        pool.flush(AgroalDataSource.FlushMode.IDLE);
        Await.until(() -> database.count(OPEN) == 0);
        line.far(Duration.ofMillis(500));
        sql.list("select", row -> row);
        List<CompletableFuture<Integer>> crowd = IntStream.range(0, CROWD)
                .mapToObj(one -> CompletableFuture.supplyAsync(
                        () -> sql.one("select 7 as seven", row -> row.integer("seven")), threads))
                .toList();
        assertEquals(CROWD, crowd.stream().filter(one -> one.join() == 7).count());
        assertTrue(database.count(OPEN) < 6);
    }
}
