package dev.importonce.target;

import static dev.importonce.fixture.Declared.csv;
import static dev.importonce.fixture.Declared.outcome;
import static dev.importonce.fixture.Declared.put;
import static dev.importonce.fixture.Imports.imported;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.importonce.fixture.Citus;
import dev.importonce.fixture.Database;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** A merge on a cluster, looked at while it waits for somebody. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class OneNodeTest {
    private static final String ME = "00000000-0000-0000-0000-000000000001";
    private static final String MAPPING = """
            {"target": "stock", "fields": {"code": "code", "n": "n"}}
            """;

    /** On which nodes the transaction is that waits for a row, and whether it has sent them anything. */
    private static final String NODES = """
            select array_agg(distinct a.nodeid) as nodes
            from citus_stat_activity a
            where a.is_worker_query and a.xact_start is not null and a.datname = current_database()
              and a.global_pid in (
                  select w.global_pid from citus_stat_activity w
                  where w.is_worker_query and w.wait_event_type = 'Lock' and w.datname = current_database())
            """;

    Database database;

    @Test
    void a_merge_is_a_transaction_on_one_node() {
        Citus.tellIfMissing("a merge on one node");
        assumeTrue(Citus.WANTED, "needs a cluster");
        database.update("create table stock (org_id uuid, code text, n int, primary key (org_id, code))");
        put("stock", """
                {"name": "stock", "table": "public.stock", "owner": {"organisation": "org_id"}, "key": ["code"],
                 "fields": [{"name": "code", "column": "code", "type": "text"}, {"name": "n", "column": "n", "type": "integer"}]}
                """).then().statusCode(201);
        database.update("insert into stock values (?::uuid, 'old', 1)", ME);
        AtomicReference<CompletableFuture<JsonPath>> job = new AtomicReference<>();

        database.whileUncommitted("update stock set n = 2 where org_id = '" + ME + "' and code = 'old'", () -> {
            job.set(CompletableFuture.supplyAsync(() -> imported(csv("code,n", "new,7", "old,7"), MAPPING)));
            assertEquals(1, nodesOfWhoWaits(job.get()));
        });

        // It was taken back and repeated, since another one was quicker.
        assertEquals("inserted 1, updated 1", outcome(job.get().join()));
        assertEquals(
                List.of(List.of("new", 7), List.of("old", 7)),
                database.rows("select code, n from stock where org_id = ?::uuid order by code", ME));
    }

    private int nodesOfWhoWaits(CompletableFuture<?> merge) {
        while (true) {
            int nodes = (int) database.count("select coalesce(cardinality(nodes), 0) from (" + NODES + ") n");
            if (nodes > 0) return nodes;
            if (merge.isDone()) throw new AssertionError("it ended and waited for nobody");
            LockSupport.parkNanos(10_000_000);
        }
    }
}
