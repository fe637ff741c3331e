package dev.importonce.integrity;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.TestPostgres;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The checks as metrics, and the alarms on them. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(OwnDatabase.class)
class GaugesTest {
    private static final String PROBLEMS = "importonce.integrity.problems";

    Database database;

    private final Examine examine;

    GaugesTest(Examine examine) {
        this.examine = examine;
    }

    @AfterEach
    void all_is_well_again() {
        database.update("truncate migration_jobs cascade");
        database.update("drop table if exists send_queue, sent_messages cascade");
    }

    @Test
    void each_check_is_a_gauge_on_the_metrics_page() {
        String metrics = given().get("/q/metrics").asString();
        Set<String> checks = new TreeSet<>();
        Matcher line = Pattern.compile("importonce_integrity_problems\\{check=\"([^\"]+)\"[^}]*} 0\\.0")
                .matcher(metrics);
        while (line.find()) checks.add(line.group(1));
        assertEquals(new TreeSet<>(Checks.PROBLEMS.stream().map(Check::name).toList()), checks, () -> metrics);
        assertTrue(metrics.contains("\nimportonce_unique_violations_total "), metrics);
        assertTrue(metrics.contains("\nimportonce_queue_age_seconds{queue=\"import\"} "), metrics);
    }

    @Test
    void a_second_scrape_soon_after_asks_the_database_nothing() {
        MeterRegistry registry = registry();
        assertEquals(0, gauge(registry, "stuck-processing"));
        UUID job = Damage.job(database, UUID.randomUUID(), "v1:stuck");
        database.update("update import_chunks set status = 'waiting', due_at = null where job_id = ?", job);

        assertEquals(0, gauge(registry, "stuck-processing"));
        assertEquals(1, gauge(registry(), "stuck-processing"));
    }

    @Test
    void a_check_that_fails_has_no_number_and_does_not_harm_others() {
        database.whileHolding("lock table contacts in access exclusive mode", () -> {
            List<Finding> findings = examine.run(Checks.PROBLEMS, Duration.ofMillis(200));
            Finding contacts = find(findings, "duplicate-contacts");
            assertFalse(contacts.ok());
            assertEquals(0, contacts.count());
            assertTrue(contacts.detail().startsWith("could not be checked: "), contacts.detail());
            assertTrue(find(findings, "counters-match-chunks").ok());

            long started = System.nanoTime();
            MeterRegistry registry = registry();
            for (Check check : Checks.PROBLEMS) assertTrue(Double.isNaN(gauge(registry, check.name())));
            assertTrue(System.nanoTime() - started < Duration.ofSeconds(5).toNanos());
        });
    }

    @Test
    void a_check_that_takes_too_long_says_so() {
        Check slow = Check.of("slow", "contacts", "select 0 as count, null as detail from pg_sleep(30)");

        List<Finding> findings = examine.run(List.of(slow, DuplicateChecks.JOBS), Duration.ofMillis(100));

        assertEquals(
                new Finding("slow", false, 0, "could not be checked: it took longer than it may"), findings.get(0));
        assertTrue(findings.get(1).ok());
    }

    @Test
    void checks_cannot_write() {
        Check writing = Check.of("writing", "contacts", """
                with gone as (delete from contacts returning 1) select count(*) as count, null as detail from gone
                """);
        assertEquals(
                "could not be checked: SQLSTATE 25006",
                examine.run(List.of(writing), Duration.ofSeconds(5)).get(0).detail());
    }

    @Test
    void two_messages_to_one_person_in_an_hour_are_only_an_alarm() {
        Damage.bareSendTables(database);
        Damage.sendKeys(database);
        String sent = """
                insert into sent_messages (org_id, campaign_id, prospect_id, step, sent_at)
                values (?, ?, 'p', 1, now() - ?::interval)
                """;
        UUID org = UUID.randomUUID();
        database.update(sent, org, "first", "61 minutes");
        database.update(sent, org, "second", "59 minutes");
        database.update(sent, UUID.randomUUID(), "third", "1 minute");
        assertEquals(0, alarm(registry()));

        database.update(sent, org, "fourth", "1 minute");

        MeterRegistry registry = registry();
        assertEquals(1, alarm(registry));
        for (Check check : Checks.PROBLEMS) assertEquals(0, gauge(registry, check.name()), check.name());
    }

    @Test
    void a_queue_is_as_old_as_its_oldest_due_and_unclaimed_work() {
        Damage.bareSendTables(database);
        UUID job = Damage.job(database, UUID.randomUUID(), "v1:old");
        String due = "update import_chunks set status = ?, due_at = now() + ?::interval where job_id = ?";
        database.update(due, "pending", "-100 seconds", job);
        database.update("""
                insert into send_queue (id, org_id, campaign_id, prospect_id, step, status, due_at)
                values (gen_random_uuid(), gen_random_uuid(), 'c', 'p', 1, 'pending', now() - interval '200 seconds')
                """);
        MeterRegistry registry = registry();
        assertEquals(100, age(registry, "import"), 20);
        assertEquals(200, age(registry, "send"), 20);

        database.update(due, "processing", "30 seconds", job);
        assertEquals(0, age(registry(), "import"));
    }

    private static Finding find(List<Finding> findings, String name) {
        return findings.stream()
                .filter(finding -> finding.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private MeterRegistry registry() {
        MeterRegistry registry = new SimpleMeterRegistry();
        new Gauges(examine).bindTo(registry);
        return registry;
    }

    private static double gauge(MeterRegistry registry, String check) {
        return registry.get(PROBLEMS).tag("check", check).gauge().value();
    }

    private static double alarm(MeterRegistry registry) {
        return registry.get("importonce.integrity.alarms")
                .tag("alarm", ProgressChecks.SAME_PERSON.name())
                .gauge()
                .value();
    }

    private static double age(MeterRegistry registry, String queue) {
        return registry.get("importonce.queue.age").tag("queue", queue).gauge().value();
    }
}
