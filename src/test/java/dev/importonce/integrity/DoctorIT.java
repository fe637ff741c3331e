package dev.importonce.integrity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.NotPartitioned;
import dev.importonce.fixture.Service;
import dev.importonce.fixture.TestPostgres;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands as processes, and what can be wrong with their arguments. */
class DoctorIT {
    @TempDir
    Path folder;

    @Test
    @NotPartitioned("the database is not empty: it was migrated to be cut")
    void it_finds_an_empty_database_in_order_and_leaves_it_empty() {
        Database database = new Database(TestPostgres.newDatabase());
        Service doctor = on(database.url(), "doctor");
        assertEquals(0, doctor.exitCode(), doctor::output);
        assertTrue(doctor.output().contains("table contacts does not exist"), doctor::output);
        assertEquals(0, database.count("select count(*) from pg_class where relnamespace = 'public'::regnamespace"));
    }

    @Test
    void it_finds_damage_also_with_the_right_to_read_only() {
        Database database = new Database(TestPostgres.newDatabase());
        Service.migrate(Map.of("QUARKUS_DATASOURCE_JDBC_URL", database.url()));
        String reader = "reader_" + UUID.randomUUID().toString().replace("-", "");
        database.update("create role " + reader + " login bypassrls password 'reader'");
        database.update("grant select on all tables in schema public to " + reader);
        Map<String, String> asReader = Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL",
                database.url().replaceAll("[?].*", ""),
                "QUARKUS_DATASOURCE_USERNAME",
                reader,
                "QUARKUS_DATASOURCE_PASSWORD",
                "reader");

        Service healthy = Service.launch(asReader, Service.freePort(), "doctor");
        assertEquals(0, healthy.exitCode(), healthy::output);
        assertEquals(
                Checks.PROBLEMS.size() + 1, // declared-targets-fit
                healthy.output().lines().filter(line -> line.startsWith("ok ")).count(),
                healthy::output);

        database.update("alter role " + reader + " nobypassrls");
        Service blind = Service.launch(asReader, Service.freePort(), "doctor");
        assertEquals(1, blind.exitCode(), blind::output);
        assertTrue(blind.output().contains("WRONG  rows-visible"), blind::output);
        database.update("alter role " + reader + " bypassrls");

        database.update("drop index unique_base_idempotency_key_active");
        Service damaged = Service.launch(asReader, Service.freePort(), "doctor");
        assertEquals(1, damaged.exitCode(), damaged::output);
        assertTrue(damaged.output().contains("WRONG  unique-indexes-valid"), damaged::output);
    }

    @Test
    void in_local_mode_it_looks_at_the_embedded_database() {
        assumeFalse(Service.isNative());
        Service doctor = Service.launch(Map.of("IMPORTONCE_DATA_DIR", folder.toString()), Service.freePort(), "doctor");
        assertEquals(0, doctor.exitCode(), doctor::output);
        assertTrue(doctor.output().contains("ok     duplicate-contacts       nothing wrong"), doctor::output);
    }

    @Test
    void a_silent_database_gives_exit_code_1_and_a_sentence() {
        Service doctor = on("jdbc:postgresql://127.0.0.1:" + Service.freePort() + "/none", "doctor");
        assertEquals(1, doctor.exitCode(), doctor::output);
        assertTrue(doctor.output().contains("Connection refused"), doctor::output);
    }

    @ParameterizedTest
    @CsvSource({
        "doctor me,          takes no arguments",
        "migrate --apply,    takes no arguments",
        "dedupe,             Say what to clean up",
        "dedupe --apply,     Say what to clean up",
        "dedupe jobs apply,  Say what to clean up",
        "dedupe jobs --apply --apply, Say what to clean up",
        "heal,               'known are: migrate, doctor, dedupe'",
    })
    void wrong_arguments_are_one_sentence(String arguments, String sentence) {
        Service service = on("jdbc:postgresql://127.0.0.1:1/none", arguments.split(" "));
        assertEquals(1, service.exitCode(), service::output);
        List<String> lines = service.output().strip().lines().toList();
        assertEquals(1, lines.size(), service::output);
        assertTrue(lines.get(0).contains(sentence), service::output);
    }

    private static Service on(String jdbcUrl, String... arguments) {
        return Service.launch(Map.of("QUARKUS_DATASOURCE_JDBC_URL", jdbcUrl), Service.freePort(), arguments);
    }
}
