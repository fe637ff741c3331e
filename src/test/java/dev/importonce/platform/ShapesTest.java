package dev.importonce.platform;

import static dev.importonce.platform.SupabaseServer.Shape.EMPTY;
import static dev.importonce.platform.SupabaseServer.Shape.FIRST_FIX;
import static dev.importonce.platform.SupabaseServer.Shape.LEGACY;
import static dev.importonce.platform.SupabaseServer.Shape.SUPABASE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files apply to whatever people come with, and lead to one place. */
class ShapesTest {
    private static final String USER = "00000000-0000-4000-8000-000000000001";

    static Stream<Named<SupabaseServer>> servers() {
        if (SupabaseServer.oldest().isEmpty())
            System.err.println(
                    "NOT TESTED: PostgreSQL 15. None is installed in /usr/lib/postgresql (Debian: apt-get install postgresql).");
        return Stream.concat(Stream.of(SupabaseServer.newest()), SupabaseServer.oldest().stream())
                .map(server -> Named.of(
                        server.database(EMPTY)
                                .rows("show server_version")
                                .get(0)
                                .get(0)
                                .toString(),
                        server));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void all_shapes_end_with_the_same_catalogue(SupabaseServer server) {
        Set<String> empty = Catalogue.of(migrated(server, EMPTY));
        assertTrue(empty.size() > 250, "lines: " + empty.size());

        assertEquals(empty, Catalogue.of(migrated(server, SUPABASE)));
        for (SupabaseServer.Shape shape : List.of(LEGACY, FIRST_FIX)) {
            Set<String> legacy = Catalogue.of(migrated(server, shape));
            Set<String> missing = new TreeSet<>(empty);
            missing.removeAll(legacy);
            assertEquals(Set.of(), missing);
            legacy.removeAll(empty);
            // What was there and is nobody's business but the project's.
            assertEquals(
                    Set.of(
                            "constraint migration_jobs migration_jobs_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id)",
                            "index CREATE INDEX contacts_email_org ON public.contacts USING btree (email, org_id) t",
                            "policy migration_jobs Everybody reads t r {-} true",
                            "policy migration_jobs Users manage own jobs t * {authenticated} (auth.uid() = user_id) (auth.uid() = user_id)"),
                    legacy);
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void applied_a_second_time_the_files_change_nothing(SupabaseServer server) {
        for (SupabaseServer.Shape shape : SupabaseServer.Shape.values()) {
            Database database = migrated(server, shape);
            Set<String> catalogue = Catalogue.of(database);
            List<List<Object>> jobs = database.rows("select j::text from migration_jobs j order by id");
            // What the project's own clients write to is not even built again.
            String files = """
                    select x.relname::text, x.relfilenode, c.relfilenode
                    from pg_class c
                    join pg_index i on i.indrelid = c.oid
                    join pg_class x on x.oid = i.indexrelid
                    where c.relnamespace = 'public'::regnamespace and c.relname in ('migration_jobs', 'contacts', 'chats')
                    order by 1
                    """;
            List<List<Object>> built = database.rows(files);
            SupabaseServer.migrate(database);
            assertEquals(catalogue, Catalogue.of(database));
            assertEquals(built, database.rows(files));
            assertEquals(jobs, database.rows("select j::text from migration_jobs j order by id"));
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void only_surplus_active_jobs_are_cancelled(SupabaseServer server) {
        for (SupabaseServer.Shape shape : List.of(LEGACY, FIRST_FIX)) {
            Database database = server.database(shape);
            String expected = """
                    select file_name, case file_name when 'surplus' then 'cancelled' else status end
                    from migration_jobs order by created_at
                    """;
            List<List<Object>> before = database.rows(expected);

            SupabaseServer.migrate(database);

            assertEquals(before, database.rows("select file_name, status from migration_jobs order by created_at"));
            assertEquals(2, database.count("select count(*) from migration_jobs where status = 'cancelled'"));
            assertEquals(
                    List.of(
                            List.of("stays completed", "u1_m_f"),
                            List.of("stays completed", "u1_m_f"),
                            List.of("stays first", "u1_m_f"),
                            List.of("stays other file", "u1_m_g"),
                            List.of("stays other user", "u1_m_f"),
                            List.of("stays, key made unique", "u1_m_g"),
                            List.of("surplus", "u1_m_f"),
                            List.of("surplus", "u1_m_f")),
                    database.rows("""
                            select file_name, base_idempotency_key from migration_jobs
                            where base_idempotency_key is not null order by file_name, created_at
                            """));
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void after_the_first_fix_only_completed_files_are_imported_again(SupabaseServer server) {
        Database database = server.database(FIRST_FIX);
        assertRefused(database, "u1_m_f", "completed");

        SupabaseServer.migrate(database);

        assertRefused(database, "u1_m_f", "pending");
        database.update("update migration_jobs set status = 'completed' where base_idempotency_key = 'u1_m_f'");
        insert(database, "u1_m_f", "pending");
        assertRefused(database, "u1_m_f", "pending");
    }

    @ParameterizedTest
    @MethodSource("servers")
    void a_legacy_client_that_inserts_during_migration_loses_nothing(SupabaseServer server) throws Exception {
        for (SupabaseServer.Shape shape : List.of(LEGACY, FIRST_FIX)) {
            Database database = server.database(shape);
            CountDownLatch before = new CountDownLatch(100);
            CountDownLatch migrated = new CountDownLatch(1);
            CompletableFuture<List<String>> route = CompletableFuture.supplyAsync(
                    () -> submit(database, SupabaseServer.PROJECT, AS_ROUTE, before, migrated));
            CompletableFuture<List<String>> browser = CompletableFuture.supplyAsync(
                    () -> submit(database, "authenticator", AS_BROWSER, before, migrated));
            assertTrue(before.await(60, TimeUnit.SECONDS));

            SupabaseServer.migrate(database);

            migrated.countDown();
            assertSubmitted(database, "completed", route.get(60, TimeUnit.SECONDS));
            assertSubmitted(database, "pending", browser.get(60, TimeUnit.SECONDS));
        }
    }

    private static void assertSubmitted(Database database, String status, List<String> keys) {
        assertEquals(
                keys.size(),
                database.count(
                        "select count(*) from migration_jobs where status = ? and idempotency_key = any (?)",
                        status,
                        keys.toArray(String[]::new)));
    }

    /** Inserts a job and ends it, as a route with the service's key does: each statement by itself. */
    private static final Client AS_ROUTE = (connection, key) -> {
        submitOne(connection, key);
        for (String status : List.of("processing", "completed"))
            try (PreparedStatement update =
                    connection.prepareStatement("update migration_jobs set status = ? where idempotency_key = ?")) {
                update.setString(1, status);
                update.setString(2, key);
                assertEquals(1, update.executeUpdate());
            }
    };

    /** Inserts a job as PostgREST does for a browser: in a transaction that has its role and its claims. */
    private static final Client AS_BROWSER = (connection, key) -> {
        connection.setAutoCommit(false);
        connection.createStatement().execute("set local role authenticated");
        connection.createStatement().execute("set local request.jwt.claims = '{\"sub\": \"" + USER + "\"}'");
        submitOne(connection, key);
        connection.commit();
    };

    /** What a client from before does for one click. */
    private interface Client {
        void submit(Connection connection, String key) throws SQLException;
    }

    private static void submitOne(Connection connection, String key) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into migration_jobs (user_id, file_name, mapping, idempotency_key) values (?::uuid, 'c.csv', '{}', ?)")) {
            insert.setString(1, USER);
            insert.setString(2, key);
            insert.executeUpdate();
        }
    }

    /** Over and over until the database is migrated, then 50 times more. */
    private static List<String> submit(
            Database database, String login, Client client, CountDownLatch before, CountDownLatch migrated) {
        List<String> submitted = new ArrayList<>();
        try (Connection connection = SupabaseServer.as(database, login).connect()) {
            for (int after = 0; after < 50; ) {
                String key = "u1_" + UUID.randomUUID() + "_f_1700000000000";
                client.submit(connection, key);
                submitted.add(key);
                before.countDown();
                if (migrated.getCount() == 0) after++;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return submitted;
    }

    @Test
    void a_database_that_has_the_first_files_can_still_migrate() {
        Database database = SupabaseServer.newest().database(EMPTY);
        assertEquals(
                4,
                flyway(database, "filesystem:src/test/resources/supabase/first_files")
                        .migrate()
                        .migrationsExecuted);

        int files = SupabaseServer.migrations().size();
        assertEquals(files - 4, current(database).migrate().migrationsExecuted);

        assertEquals(0, current(database).migrate().migrationsExecuted);
        assertEquals(Catalogue.of(migrated(SupabaseServer.newest(), EMPTY)), Catalogue.of(database));
    }

    @Test
    void any_other_change_of_an_applied_file_is_noticed() {
        Database database = SupabaseServer.newest().database(EMPTY);
        current(database).migrate();
        database.update("update flyway_schema_history set checksum = checksum + 1 where version = '20250123000000'");

        assertThrows(org.flywaydb.core.api.exception.FlywayValidateException.class, () -> current(database)
                .migrate());
    }

    @Test
    void the_service_may_apply_what_the_supabase_cli_has_applied() {
        for (SupabaseServer.Shape shape : List.of(EMPTY, FIRST_FIX)) {
            Database database = migrated(SupabaseServer.newest(), shape);
            Set<String> catalogue = Catalogue.of(database);
            current(database).migrate();
            assertEquals(catalogue, Catalogue.of(database));
        }
    }

    @Test
    void flyways_own_table_is_nobodys_but_the_migrators() {
        Database database = SupabaseServer.newest().database(SUPABASE);
        current(database).migrate();
        assertEquals(0, database.count("""
                        select count(*) from unnest('{anon,authenticated}'::text[]) r, unnest('{select,insert,update,delete}'::text[]) v
                        where has_table_privilege(r, 'flyway_schema_history', v)
                        """));
    }

    @Test
    void contacts_with_duplicates_keep_them_until_the_clean_up() {
        Database database = SupabaseServer.newest().database(LEGACY);
        database.update("insert into contacts (org_id, email) select org_id, email from contacts");

        SupabaseServer.migrate(database);

        assertEquals(2, database.count("select count(*) from contacts"));
        assertEquals(0, database.count("select count(*) from pg_class where relname = 'unique_contact_email'"));
    }

    /** What others stored there, before it had to be an object. One contact breaks another rule and stays as it is. */
    @Test
    void attributes_that_are_no_object_become_one_and_lose_nothing() {
        Database database = SupabaseServer.newest().database(LEGACY);
        database.update("alter table contacts add column attributes jsonb");
        database.update("""
                insert into contacts (org_id, email, attributes)
                select gen_random_uuid(), 'c' || n || case n when 6 then '@No.example' else '@example.com' end, a::jsonb
                from unnest('{"[1, [\\"x\\"]]","\\"text\\"","7","null","{\\"a\\": [1]}","[6]"}'::text[]) with ordinality as o (a, n)
                """);

        SupabaseServer.migrate(database);

        String attributes = "select attributes::text from contacts where email like 'c%' order by email";
        List<List<Object>> mended = List.of(
                List.of("{\"value\": [1, [\"x\"]]}"),
                List.of("{\"value\": \"text\"}"),
                List.of("{\"value\": 7}"),
                List.of("{}"),
                List.of("{\"a\": [1]}"),
                List.of("[6]"));
        assertEquals(mended, database.rows(attributes));
        SupabaseServer.migrate(database);
        assertEquals(mended, database.rows(attributes));
    }

    /** An older version may be at work, and what it has read would be refused its merge. */
    @Test
    void where_imports_have_run_addresses_keep_their_older_check() {
        Database database = migrated(SupabaseServer.newest(), EMPTY);
        database.update("alter table contacts drop constraint contacts_email_shape");
        database.update("""
                with source as (
                    insert into sources (id, user_id, sha256, byte_count, format, header, row_count)
                    values (gen_random_uuid(), gen_random_uuid(), decode(repeat('00', 32), 'hex'), 1, '{}', '{email}', 1)
                    returning id, user_id
                )
                insert into migration_jobs (user_id, org_id, source_id, mapping, format, header, base_idempotency_key,
                    idempotency_key, blocks, shares, total_rows)
                select user_id, user_id, id, '{}', '{}', '{email}', 'v1:a', 'v1:a', 1, 1, 1 from source
                """);

        SupabaseServer.migrate(database);

        String older = "insert into contacts (org_id, email) values (gen_random_uuid(), 'mailto:ann@example.com')";
        assertEquals(1, database.update(older));
        database.update("truncate contacts, migration_jobs cascade");
        SupabaseServer.migrate(database);
        assertThrows(IllegalStateException.class, () -> database.update(older));
    }

    @Test
    void a_rollback_keeps_the_projects_rows_and_can_be_reversed() {
        for (SupabaseServer.Shape shape : List.of(LEGACY, FIRST_FIX)) {
            Database database = migrated(SupabaseServer.newest(), shape);
            Set<String> catalogue = Catalogue.of(database);
            String rows = "select id, user_id, file_name, status, base_idempotency_key from migration_jobs order by id";
            List<List<Object>> jobs = database.rows(rows);

            SupabaseServer.execute(
                    SupabaseServer.as(database, SupabaseServer.PROJECT), SupabaseServer.script("down.sql"));

            assertEquals(jobs, database.rows(rows));
            assertRefused(database, "u1_m_f", "pending");
            database.update("insert into migration_jobs (user_id, status) values (?::uuid, 'of my own')", USER);
            assertEquals(
                    List.of(List.of("chats"), List.of("contacts"), List.of("migration_jobs")),
                    database.rows("select tablename::text from pg_tables where schemaname = 'public' order by 1"));

            SupabaseServer.migrate(database);
            assertEquals(catalogue, Catalogue.of(database));
        }
    }

    @Test
    void jobs_of_nobody_stop_the_migration_and_are_named() {
        Database database = SupabaseServer.newest().database(LEGACY);
        database.update("alter table migration_jobs alter column user_id drop not null");
        database.update("insert into migration_jobs (file_name) values ('whose?')");

        IllegalStateException refused =
                assertThrows(IllegalStateException.class, () -> SupabaseServer.migrate(database));
        assertTrue(refused.getMessage().contains("migration_jobs has rows without user_id"), refused::getMessage);
        assertEquals(14, database.count("select count(*) from migration_jobs"));
    }

    private static Database migrated(SupabaseServer server, SupabaseServer.Shape shape) {
        Database database = server.database(shape);
        SupabaseServer.migrate(database);
        return database;
    }

    static Flyway current(Database database) {
        return flyway(database, "classpath:db/migration", "classpath:db/callback");
    }

    private static Flyway flyway(Database database, String... locations) {
        FluentConfiguration configuration = Flyway.configure()
                .dataSource(SupabaseServer.as(database, SupabaseServer.PROJECT).url(), SupabaseServer.PROJECT, "")
                .locations(locations);
        new MigrationFiles().customize(configuration);
        return configuration.load();
    }

    private static void insert(Database database, String baseKey, String status) {
        database.update(
                "insert into migration_jobs (user_id, base_idempotency_key, status) values (?::uuid, ?, ?)",
                USER,
                baseKey,
                status);
    }

    private static void assertRefused(Database database, String baseKey, String status) {
        IllegalStateException refused =
                assertThrows(IllegalStateException.class, () -> insert(database, baseKey, status));
        assertEquals("23505", ((SQLException) refused.getCause()).getSQLState());
    }
}
