package dev.importonce.job.chunk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.importonce.fixture.ChunksByHand;
import dev.importonce.fixture.Cuts;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.NoWorkers;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.identity.Caller;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Instances of an older version stage contacts in a table of their own while they still run. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(NoWorkers.class)
class OlderInstanceTest extends ChunksByHand {
    private static final String OLDER_COPY = """
            copy contact_staging (job_id, user_id, share, block, row_no, id, email, first_name, last_name, phone, company, attributes)
            from stdin
            """;

    private static final String MAPPING = """
            {"target": "contacts", "unmapped": "attributes", "fields": {"email": "email", "phone": "last", "firstName": "first"}}
            """;

    private final Retention retention;

    OlderInstanceTest(ChunkWorker worker, ChunkClaims claims, Cuts cuts, Retention retention) {
        super(worker, claims, cuts);
        this.retention = retention;
    }

    @Test
    void what_an_older_version_has_read_this_one_merges() {
        String job = read();

        database.update("truncate target_staging");
        stage(job);
        workToTheEnd();

        JsonPath merged = Imports.job(job);
        assertEquals("completed", merged.getString("status"), merged::prettify);
        assertEquals(
                List.of(List.of("bob@example.com", "Bob", "Ray", "{}")),
                database.rows("select email, first_name, phone, attributes::text from contacts"));
    }

    @Test
    void what_both_versions_have_read_of_a_file_is_merged() {
        cuts.set(1, 10);
        String job = Imports.run(Imports.csv("ann@example.com,Ann,Lee", "bob@example.com,Bob,Ray"), MAPPING)
                .path("jobId");
        worker.workOne();
        worker.workOne();
        database.update("delete from target_staging where block = 0");
        stage(job);

        workToTheEnd();

        JsonPath merged = Imports.job(job);
        assertEquals("completed", merged.getString("status"), merged::prettify);
        assertEquals(
                List.of(List.of("bob@example.com", "Bob")), database.rows("select email, first_name from contacts"));
        assertEquals(1, merged.getInt("progress.overridden"));
        assertEquals(0, database.count("select count(*) from contact_staging"));
    }

    @Test
    void what_an_older_version_has_left_of_an_ended_job_is_swept() {
        String job = read();
        stage(job);
        database.update("update migration_jobs set status = 'failed', finished_at = now() - interval '2 hours'");
        retention.sweep();

        assertEquals(0, database.count("select count(*) from contact_staging"));
    }

    private String read() {
        String job =
                Imports.run(Imports.csv("ann@example.com,Ann,Lee"), MAPPING).path("jobId");
        worker.workOne();
        return job;
    }

    /** As the only contact of the first block. */
    private void stage(String job) {
        String row = String.join(
                "\t",
                job,
                Caller.LOCAL_USER.toString(),
                "0",
                "0",
                "{2}",
                "{0199c5a1-0000-7000-8000-000000000000}",
                "{bob@example.com}",
                "{Bob}",
                "{NULL}",
                "{Ray}",
                "{NULL}",
                "{NULL}");
        long staged = database.transaction(true, connection -> {
            CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(OLDER_COPY);
            byte[] bytes = (row + "\n").getBytes(StandardCharsets.UTF_8);
            copy.writeToCopy(bytes, 0, bytes.length);
            return copy.endCopy();
        });
        assertEquals(1, staged);
    }
}
