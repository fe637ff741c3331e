package dev.importonce.platform;

import static dev.importonce.platform.SupabaseServer.Shape.EMPTY;
import static dev.importonce.platform.SupabaseServer.Shape.FIRST_FIX;
import static dev.importonce.platform.SupabaseServer.Shape.LEGACY;
import static dev.importonce.platform.SupabaseServer.Shape.SUPABASE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The real {@code supabase db push}, from npm, as the guide says. */
class SupabaseCommandLineTest {
    @TempDir
    Path project;

    private Path migrations;

    static Stream<Named<SupabaseServer>> servers() {
        return ShapesTest.servers();
    }

    @BeforeEach
    void a_project_with_the_files_copied() throws IOException {
        migrations = Files.createDirectories(project.resolve("supabase/migrations"));
        for (Path file : SupabaseServer.migrations()) Files.copy(file, migrations.resolve(file.getFileName()));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void pushed_repeatedly_it_gives_the_schema_of_every_other_way(SupabaseServer server) {
        for (SupabaseServer.Shape shape : List.of(EMPTY, SUPABASE, LEGACY, FIRST_FIX)) {
            Database expected = server.database(shape);
            SupabaseServer.migrate(expected);
            Database database = server.database(shape);

            assertPushed(database);

            assertEquals(Catalogue.of(expected), Catalogue.of(database));
            assertEquals(SupabaseServer.migrations().size(), recorded(database));
            String jobs =
                    "select file_name, status, base_idempotency_key from migration_jobs order by created_at, file_name, status";
            assertEquals(expected.rows(jobs), database.rows(jobs));

            List<List<Object>> rows = database.rows("select j::text from migration_jobs j order by id");
            assertTrue(assertPushed(database).contains("up to date"));
            database.update("delete from supabase_migrations.schema_migrations");
            assertPushed(database);
            assertEquals(Catalogue.of(expected), Catalogue.of(database));
            assertEquals(rows, database.rows("select j::text from migration_jobs j order by id"));
        }
    }

    /** Which the guide builds on: a file that fails leaves nothing behind, and the next push goes on there. */
    @Test
    void a_file_is_applied_whole_or_not_at_all() throws IOException {
        Database database = SupabaseServer.newest().database(LEGACY);
        database.update("alter table migration_jobs alter column user_id drop not null");
        database.update("insert into migration_jobs (file_name) values ('whose?')");
        Set<String> before = Catalogue.of(database);

        Node.Ended refused = push(database);

        assertNotEquals(0, refused.code(), refused::output);
        assertTrue(refused.output().contains("migration_jobs has rows without user_id"), refused::output);
        assertEquals(before, Catalogue.of(database));
        assertEquals(0, recorded(database));
        database.update("delete from migration_jobs where user_id is null");
        assertPushed(database);
    }

    @Test
    void what_it_has_pushed_the_service_migrates_and_connects_to() {
        Database database = SupabaseServer.newest().database(FIRST_FIX);
        assertPushed(database);
        Set<String> catalogue = Catalogue.of(database);

        ShapesTest.current(database).migrate();
        SupabaseServer.createServiceRole(database);

        assertEquals(catalogue, Catalogue.of(database));
        // Staging tables are the service's by now.
        database.update("delete from supabase_migrations.schema_migrations");
        assertPushed(database);
        assertEquals(catalogue, Catalogue.of(database));
        assertEquals(0, SupabaseServer.as(database, "importonce").count("select count(*) from import_chunks"));
    }

    private String assertPushed(Database database) {
        Node.Ended pushed = push(database);
        assertEquals(0, pushed.code(), pushed::output);
        return pushed.output();
    }

    private Node.Ended push(Database database) {
        // As in psql's addresses; everybody is trusted.
        String address = SupabaseServer.as(database, SupabaseServer.PROJECT)
                .url()
                .replaceFirst(
                        "^jdbc:postgresql://([^?]*)[?].*",
                        "postgresql://" + SupabaseServer.PROJECT + ":any@$1?sslmode=disable");
        List<String> command =
                new ArrayList<>(List.of(Node.program("supabase"), "db", "push", "--include-all", "--yes"));
        command.addAll(List.of("--workdir", project.toString(), "--db-url", address));
        // Nothing of it goes to a home folder or out of the machine.
        return Node.run(
                Map.of("HOME", project.toString(), "DO_NOT_TRACK", "1", "SUPABASE_TELEMETRY_DISABLED", "1"),
                command.toArray(String[]::new));
    }

    private static long recorded(Database database) {
        return database.count("select count(*) from supabase_migrations.schema_migrations");
    }
}
