package dev.importonce.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.importonce.fixture.Calls;
import dev.importonce.fixture.Database;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.NoWorkers;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One active job per user and base key, whoever asks the database. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(NoWorkers.class)
class ActiveJobTest {
    /** A copy of a job under another id and name. */
    private static final String COPY = """
            insert into migration_jobs (id, user_id, org_id, target, source_id, mapping, format, header, base_idempotency_key,
                idempotency_key, blocks, shares, total_rows)
            select ?::uuid, user_id, org_id, target, source_id, mapping, format, header, base_idempotency_key,
                ?, blocks, shares, total_rows
            from migration_jobs
            where id = ?::uuid
            """;

    Database database;

    @ParameterizedTest
    @ValueSource(strings = {"pending", "processing"})
    void the_database_refuses_a_second_active_job_of_a_base_key(String status) {
        String job = pending("refused-" + status);
        database.update("update migration_jobs set status = ? where id = ?::uuid", status, job);

        IllegalStateException refused = assertThrows(IllegalStateException.class, () -> copy(job));

        assertEquals("23505", ((SQLException) refused.getCause()).getSQLState());
    }

    @ParameterizedTest
    @ValueSource(strings = {"failed", "cancelled"})
    void an_ended_job_does_not_stand_in_the_way(String status) {
        String job = pending("ended-" + status);
        database.update("update migration_jobs set status = ?, finished_at = now() where id = ?::uuid", status, job);

        assertEquals(1, copy(job));
    }

    @Test
    void many_clicks_while_the_job_waits_are_absorbed_by_it() {
        byte[] file = Imports.csv("clicks@example.com,Ann,Lee");
        String job = Imports.run(file, Imports.MAPPING).path("jobId");
        for (int click = 0; click < 6; click++) {
            Response answer = Imports.run(file, Imports.MAPPING);
            assertEquals(200, answer.statusCode());
            assertEquals(job, answer.path("jobId"));
        }
        assertEquals(6, Imports.job(job).getInt("duplicateRequests"));
        assertEquals(
                1,
                database.count("select count(*) from import_chunks where job_id = ?::uuid and step = 'reading'", job));
    }

    @Test
    void of_a_thousand_callers_one_creates_the_job_and_all_get_it() {
        byte[] file = Imports.csv("thousand@example.com,Ann,Lee");

        List<HttpResponse<String>> answers =
                Calls.atOnce(1000, List.of("http://localhost:" + RestAssured.port), file, Imports.MAPPING);

        Map<Integer, Long> byStatus =
                answers.stream().collect(Collectors.groupingBy(HttpResponse::statusCode, Collectors.counting()));
        assertEquals(Map.of(202, 1L, 200, 999L), byStatus);
        List<String> ids = answers.stream()
                .map(answer -> JsonPath.from(answer.body()).getString("jobId"))
                .distinct()
                .toList();
        assertEquals(1, ids.size());
        assertEquals(999, Imports.job(ids.get(0)).getInt("duplicateRequests"));
    }

    private static String pending(String name) {
        return Imports.run(Imports.csv(name + "@example.com,Ann,Lee"), Imports.MAPPING)
                .path("jobId");
    }

    private int copy(String job) {
        String id = UUID.randomUUID().toString();
        return database.update(COPY, id, "v1:copy_" + id, job);
    }
}
