package dev.importonce.job.chunk;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.Jwt;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.fixture.WithTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is served next: neither a large job nor many jobs of one organisation hold up the others. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(TurnsTest.UsersWithoutWorkers.class)
class TurnsTest {
    private final UUID ann = UUID.randomUUID();
    private final UUID bob = UUID.randomUUID();
    private final ChunkClaims claims;

    Database database;

    TurnsTest(ChunkClaims claims) {
        this.claims = claims;
    }

    @BeforeEach
    void no_other_jobs() {
        database.update("truncate migration_jobs cascade");
    }

    @Test
    void a_small_job_of_another_organisation_overtakes_a_large_one() {
        String large = submit(ann, 50);
        String small = submit(bob, 1);

        assertOvertakes(small, large);
    }

    @Test
    void a_small_job_of_the_same_organisation_overtakes_it_too() {
        String large = submit(ann, 50);
        String small = submit(ann, 1);

        assertOvertakes(small, large);
    }

    @Test
    void many_jobs_of_one_organisation_do_not_hold_up_anothers_job() {
        List<String> many = IntStream.range(0, 20).mapToObj(i -> submit(ann, 1)).toList();
        String one = submit(bob, 1);

        List<String> served = claimed(21);
        assertEquals(many.get(0), served.get(0));
        assertTrue(served.indexOf(one) < served.indexOf(many.get(15)), served::toString);
    }

    /** Where exactly depends on how long the calls took. */
    private void assertOvertakes(String small, String large) {
        List<String> served = claimed(30);
        assertEquals(large, served.get(0));
        assertTrue(served.contains(small), served::toString);
        assertEquals(large, claimed(1).get(0));
    }

    private List<String> claimed(int count) {
        List<String> jobs = new ArrayList<>();
        for (int i = 0; i < count; i++)
            jobs.add(claims.claim().orElseThrow().jobId().toString());
        return jobs;
    }

    private static String submit(UUID user, int rows) {
        StringBuilder csv = new StringBuilder("email\n");
        for (int i = 0; i < rows; i++) csv.append("p").append(UUID.randomUUID()).append("@example.com\n");
        return given().header("Authorization", "Bearer " + Jwt.of(user).sign())
                .multiPart("file", "c.csv", csv.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .multiPart("mapping", "{\"target\":\"contacts\",\"fields\":{\"email\":\"email\"}}", "application/json")
                .post("/api/migrations/run")
                .then()
                .statusCode(202)
                .extract()
                .path("jobId");
    }

    /** Tokens, blocks of one row, and nobody who works by themselves. */
    public static class UsersWithoutWorkers extends WithTokens {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
            settings.put("importonce.workers", "0");
            settings.put("importonce.chunk-rows", "1");
            return settings;
        }
    }
}
