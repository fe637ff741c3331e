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
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Instances of an earlier version stage contacts under a name of their own while they still run: what follows are their statements. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(NoWorkers.class)
class OlderInstanceTest extends ChunksByHand {
    private static final String OLDER_MERGE = """
            with share as (
                delete from contact_staging
                where job_id = ?::uuid and user_id = ? and share = ?
                returning block, row_no, id, email, first_name, last_name, phone, company, attributes
            ), blocks as materialized (
                select distinct on (block) * from share order by block
            )
            insert into contacts (id, org_id, email, first_name, phone, attributes)
            select id, ?, email, first_name, phone, coalesce(attributes::jsonb, '{}')
            from (
                select id[1] as id, unnest(email) as email, unnest(first_name) as first_name, unnest(phone) as phone,
                       unnest(attributes) as attributes
                from blocks) staged
            """;

    private static final String OLDER_COPY = """
            copy contact_staging (job_id, user_id, share, block, row_no, id, email, first_name, last_name, phone, company, attributes)
            from stdin
            """;

    private static final String OLDER_DISCARD = """
            delete from contact_staging
            where job_id = ?::uuid and user_id = ? and ctid = any (array(
                select ctid from contact_staging where job_id = ?::uuid and user_id = ? for update skip locked))
            """;

    private static final String MAPPING = """
            {"target": "contacts", "unmapped": "attributes", "fields": {"email": "email", "phone": "last", "firstName": "first"}}
            """;

    OlderInstanceTest(ChunkWorker worker, ChunkClaims claims, Cuts cuts) {
        super(worker, claims, cuts);
    }

    @Test
    void what_this_version_has_read_an_older_one_merges() {
        String job = read();

        assertEquals(1, database.update(OLDER_MERGE, job, Caller.LOCAL_USER, 0, Caller.LOCAL_USER));

        assertEquals(
                List.of(List.of("ann@example.com", "Ann", "Lee", "{}")),
                database.rows("select email, first_name, phone, attributes::text from contacts"));
    }

    @Test
    void what_an_older_version_has_read_this_one_merges() {
        String job = read();

        stageAsBefore(job);
        workToTheEnd();

        JsonPath merged = Imports.job(job);
        assertEquals("completed", merged.getString("status"), merged::prettify);
        assertEquals(
                List.of(List.of("bob@example.com", "Bob", "Ray", "{}")),
                database.rows("select email, first_name, phone, attributes::text from contacts"));
    }

    @Test
    void what_an_older_version_stages_is_the_organisations() {
        String job = read();
        UUID organisation = UUID.randomUUID();
        database.update("update migration_jobs set org_id = ?", organisation);

        stageAsBefore(job);

        assertEquals(List.of(List.of(organisation)), database.rows("select owner_id from target_staging"));
        workToTheEnd();
        assertEquals(
                List.of(List.of("bob@example.com", organisation)), database.rows("select email, org_id from contacts"));
    }

    @Test
    void an_older_version_discards_what_this_one_has_staged() {
        String job = read();

        assertEquals(1, database.update(OLDER_DISCARD, job, Caller.LOCAL_USER, job, Caller.LOCAL_USER));

        assertEquals(0, database.count("select count(*) from target_staging"));
    }

    private String read() {
        String job =
                Imports.run(Imports.csv("ann@example.com,Ann,Lee"), MAPPING).path("jobId");
        worker.workOne();
        assertEquals(1, database.count("select count(*) from contact_staging"));
        return job;
    }

    private void stageAsBefore(String job) {
        database.update("truncate target_staging");
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
