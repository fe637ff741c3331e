package dev.importonce.job.chunk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Await;
import dev.importonce.fixture.ChunksByHand;
import dev.importonce.fixture.Cuts;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.NoWorkers;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rows that need much memory are read one block at a time, whoever works. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(NoWorkers.class)
@Timeout(120)
class WideRowsTest extends ChunksByHand {
    private static final String WIDE = "x".repeat(20_000);
    private static final long PATIENCE_SECONDS = 60;

    WideRowsTest(ChunkWorker worker, ChunkClaims claims, Cuts cuts) {
        super(worker, claims, cuts);
    }

    @Test
    void a_second_block_of_wide_rows_waits_for_the_first() throws Exception {
        cuts.set(1, 1);
        String wide = imported(
                "a@example.com," + WIDE + ",A", "b@example.com," + WIDE + ",B", "c@example.com," + WIDE + ",C");
        assertTrue(worker.workOne(), "its start needs the job, too");
        String narrow;
        try (Connection holder = database.connect()) {
            hold(holder, wide);
            Thread first = working();
            Await.until(() -> waitingForTheJob() == 1);
            Thread second = working();
            Await.until(() -> isAt(second, Semaphore.class));
            narrow = imported("d@example.com,D,D");
            assertTrue(worker.assist(), "other rows are read meanwhile");
            assertEquals("merging", Imports.job(narrow).getString("progress.phase"));
            assertEquals(1, waitingForTheJob());
            holder.rollback();
            first.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
            second.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        }

        workToTheEnd();
        assertEquals(3, Imports.job(wide).getInt("progress.rejected"));
        assertEquals(1, Imports.job(narrow).getInt("progress.inserted"));
    }

    private String imported(String... rows) {
        return Imports.run(Imports.csv(rows), Imports.MAPPING).path("jobId");
    }

    private static void hold(Connection holder, String job) throws SQLException {
        holder.setAutoCommit(false);
        try (PreparedStatement lock =
                holder.prepareStatement("select 1 from migration_jobs where id = ?::uuid for update")) {
            lock.setString(1, job);
            lock.execute();
        }
    }

    private Thread working() {
        Thread thread = new Thread(worker::assist);
        thread.start();
        return thread;
    }

    private long waitingForTheJob() {
        return database.count(
                "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query like '%migration_jobs%'");
    }

    private static boolean isAt(Thread thread, Class<?> type) {
        return Stream.of(thread.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(type.getName()));
    }
}
