package dev.importonce.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.NotPartitioned;
import dev.importonce.fixture.TestPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Why incident 1 happened, and why its first fix was none: the ways that this service must never go back to. */
@NotPartitioned("begins with tables from before this service")
class OldWaysTest {
    private static final int CALLERS = 20;

    private Database database;

    @BeforeEach
    void legacy_table() {
        database = new Database(TestPostgres.newDatabase());
        database.update(
                "create table migration_jobs (id serial primary key, user_id int, base_idempotency_key text, status text default 'pending')");
    }

    /** Everyone looks, nobody finds, everyone inserts. */
    @Test
    void looking_up_before_inserting_makes_a_job_per_caller() throws Exception {
        int refused = lookThenInsert();

        assertEquals(0, refused);
        assertEquals(CALLERS, database.count("select count(*) from migration_jobs"));
    }

    /** The index keeps it at one job, but all other callers get its error instead of the job. */
    @Test
    void looking_up_first_with_an_index_gives_callers_an_error() throws Exception {
        database.update(
                "create unique index first_fix on migration_jobs (user_id, base_idempotency_key) where status != 'cancelled'");

        int refused = lookThenInsert();

        assertEquals(1, database.count("select count(*) from migration_jobs"));
        assertEquals(CALLERS - 1, refused);
    }

    /** Its predicate keeps completed jobs, so the promised second import of a file is refused. */
    @Test
    void an_index_without_cancelled_jobs_refuses_a_completed_import() {
        database.update(
                "create unique index first_fix on migration_jobs (user_id, base_idempotency_key) where status != 'cancelled'");
        String insert = "insert into migration_jobs (user_id, base_idempotency_key) values (1, 'k')";
        database.update(insert);
        database.update("update migration_jobs set status = 'completed'");

        assertState("23505", assertThrows(IllegalStateException.class, () -> database.update(insert)));
    }

    /** What the first five executions accept and a generic plan refuses: the predicate must be written in literals. */
    @Test
    void a_bind_parameter_in_the_predicate_fails_in_a_generic_plan() throws SQLException {
        database.update(
                "create unique index ours on migration_jobs (user_id, base_idempotency_key) where status not in ('cancelled', 'completed', 'failed')");
        String upsert = """
                insert into migration_jobs (user_id, base_idempotency_key) values (?, ?)
                on conflict (user_id, base_idempotency_key) where status not in (?, ?, ?) do update set status = migration_jobs.status
                """;
        try (Connection connection = database.connect();
                PreparedStatement statement = connection.prepareStatement(upsert)) {
            connection.createStatement().execute("set plan_cache_mode = force_generic_plan");
            List<Object> values = List.of(1, "k", "cancelled", "completed", "failed");
            for (int i = 0; i < values.size(); i++) statement.setObject(i + 1, values.get(i));
            statement.unwrap(org.postgresql.PGStatement.class).setPrepareThreshold(1);

            assertEquals(
                    "42P10",
                    assertThrows(SQLException.class, statement::executeUpdate).getSQLState());
        }
    }

    private int lookThenInsert() throws InterruptedException, ExecutionException {
        CyclicBarrier everyoneHasLooked = new CyclicBarrier(CALLERS);
        Callable<Integer> caller = () -> lookThenInsert(everyoneHasLooked);
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try {
            int refused = 0;
            for (Future<Integer> answer : callers.invokeAll(
                    IntStream.range(0, CALLERS).mapToObj(i -> caller).toList())) refused += answer.get();
            return refused;
        } finally {
            callers.shutdown();
        }
    }

    /** @return 1 when the insert was refused */
    private int lookThenInsert(CyclicBarrier everyoneHasLooked)
            throws SQLException, InterruptedException, BrokenBarrierException {
        try (Connection connection = database.connect();
                ResultSet found = connection
                        .createStatement()
                        .executeQuery(
                                "select id from migration_jobs where user_id = 1 and base_idempotency_key = 'k' and status in ('pending', 'processing')")) {
            everyoneHasLooked.await();
            if (found.next()) return 0;
            try {
                connection
                        .createStatement()
                        .executeUpdate("insert into migration_jobs (user_id, base_idempotency_key) values (1, 'k')");
                return 0;
            } catch (SQLException e) {
                assertEquals("23505", e.getSQLState());
                return 1;
            }
        }
    }

    private static void assertState(String state, IllegalStateException e) {
        assertTrue(e.getCause() instanceof SQLException sql && sql.getSQLState().equals(state), e::toString);
    }
}
