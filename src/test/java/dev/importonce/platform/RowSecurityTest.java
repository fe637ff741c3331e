package dev.importonce.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the roles of Supabase may do with each table, asked as PostgREST asks: the role and the claims set for one transaction. */
class RowSecurityTest {
    private static final String ANN = "00000000-0000-4000-8000-000000000001";
    private static final String BOB = "00000000-0000-4000-8000-000000000002";
    private static final String ORG = "00000000-0000-4000-8000-00000000000a";
    private static final String DENIED = "42501";
    private static final List<String> VERBS = List.of("select", "insert", "update", "delete");

    /** All that browsers may do; whatever is not here they may not. */
    private static final Map<String, Set<String>> SIGNED_IN = Map.of(
            "migration_jobs", Set.of("select", "insert"),
            "migration_job_progress", Set.of("select"),
            "import_chunks", Set.of("select"),
            "import_rejects", Set.of("select"),
            "sources", Set.of("select"),
            "contacts", Set.of("select"));

    private static final Set<String> VIEWS = Set.of("migration_job_progress", "chat_groups");

    private static Database database;

    @BeforeAll
    static void two_users_with_a_job_each() {
        database = SupabaseServer.newest().database(SupabaseServer.Shape.SUPABASE);
        SupabaseServer.migrate(database);
        SupabaseServer.createServiceRole(database);
        for (String user : List.of(ANN, BOB)) {
            database.update("""
                    insert into sources (id, user_id, sha256, byte_count, format, header, row_count)
                    values (?::uuid, ?::uuid, decode(repeat('00', 32), 'hex'), 1, '{}', '{email}', 10)
                    """, user, user);
            database.update("""
                    insert into migration_jobs (id, user_id, org_id, source_id, mapping, format, header, base_idempotency_key, idempotency_key,
                        blocks, shares, total_rows)
                    values (?::uuid, ?::uuid, ?::uuid, ?::uuid, '{}', '{}', '{email}', 'v1:a', 'v1:a_' || ?, 1, 1, 10)
                    """, user, user, user, user, user);
            database.update("""
                    insert into import_chunks (job_id, user_id, step, ordinal, status, due_at, turn, byte_offset, byte_length, first_row, row_count)
                    values (?::uuid, ?::uuid, 'reading', 0, 'pending', now(), now(), 0, 1, 1, 10)
                    """, user, user);
            database.update(
                    "insert into import_rejects (job_id, user_id, ordinal, rejects) values (?::uuid, ?::uuid, 0, '[]')",
                    user,
                    user);
            database.update("insert into contacts (org_id, email) values (?::uuid, 'own@example.com')", user);
        }
        database.update("insert into contacts (org_id, email) values (?::uuid, 'org@example.com')", ORG);
    }

    @Test
    void each_role_may_do_only_what_it_needs_with_each_table() {
        Map<String, Set<String>> everything = new TreeMap<>();
        tables().forEach(table -> everything.put(table, Set.copyOf(VERBS)));
        for (String view : VIEWS) everything.put(view, Set.of("select"));

        for (SupabaseServer.Shape shape : List.of(SupabaseServer.Shape.SUPABASE, SupabaseServer.Shape.LEGACY)) {
            Database on = SupabaseServer.newest().database(shape);
            SupabaseServer.migrate(on);
            SupabaseServer.createServiceRole(on);
            assertEquals(Map.of(), rights(on, "anon", "{\"role\": \"anon\"}"), shape::name);
            assertEquals(new TreeMap<>(SIGNED_IN), rights(on, "authenticated", signedIn(ANN)), shape::name);
            assertEquals(everything, rights(on, "service_role", "{\"role\": \"service_role\"}"), shape::name);
            assertEquals(everything, rights(on, "importonce", ""), shape::name);
        }
    }

    /** What is granted is one half; many a project grants everything to everybody and leaves the rest to row-level security. */
    @Test
    void a_row_without_an_owner_is_visible_to_the_service_alone() {
        Database open = SupabaseServer.newest().database(SupabaseServer.Shape.SUPABASE);
        SupabaseServer.migrate(open);
        SupabaseServer.createServiceRole(open);
        // It wants keys, which go.
        open.update("drop publication supabase_realtime");
        Set<String> tables = tables();
        for (String table : tables) loosen(open, table);
        for (String table : tables) {
            open.update("insert into " + table + " default values");
            open.update("grant all on " + table + " to anon, authenticated");
        }
        Map<String, Set<String>> everything = new TreeMap<>();
        tables.forEach(table -> everything.put(table, Set.copyOf(VERBS)));

        assertEquals(Map.of(), verbsOnTheRow(open, "anon", "{\"role\": \"anon\"}"));
        assertEquals(Map.of(), verbsOnTheRow(open, "authenticated", signedIn(ANN)));
        assertEquals(everything, verbsOnTheRow(open, "service_role", "{\"role\": \"service_role\"}"));
        assertEquals(everything, verbsOnTheRow(open, "importonce", ""));
    }

    /** Takes away whatever keeps an empty row out, so that nothing but row-level security is left to refuse it. */
    private static void loosen(Database database, String table) {
        database.update("alter table " + table + " disable trigger user");
        for (List<Object> constraint : database.rows(
                "select quote_ident(conname) from pg_constraint where conrelid = ?::regclass and contype <> 'n' order by contype = 'p'",
                table))
            database.update("alter table %s drop constraint if exists %s cascade".formatted(table, constraint.get(0)));
        for (List<Object> column : database.rows(
                "select quote_ident(attname) from pg_attribute where attrelid = ?::regclass and attnum > 0 and attnotnull and attidentity = ''",
                table)) database.update("alter table %s alter column %s drop not null".formatted(table, column.get(0)));
    }

    /** Table to the verbs that reach the one row of each, or add another. */
    private static Map<String, Set<String>> verbsOnTheRow(Database on, String role, String claims) {
        Map<Object, Object> columns = columns(on);
        Map<String, Set<String>> verbs = new TreeMap<>();
        for (String table : tables()) {
            Object column = columns.get(table);
            Map<String, String> statements = Map.of(
                    "select", "select 1 from " + table,
                    "update", "update %1$s set %2$s = %2$s returning 1".formatted(table, column),
                    "delete", "delete from %s returning 1".formatted(table),
                    "insert", "insert into %s default values".formatted(table));
            statements.forEach((verb, statement) -> {
                Result result = run(on, role, claims, statement);
                assertTrue(Set.of("ok", DENIED).contains(result.state()), role + " " + statement + " " + result);
                boolean done = verb.equals("insert")
                        ? result.state().equals("ok")
                        : !result.rows().isEmpty();
                if (done) verbs.computeIfAbsent(table, t -> new TreeSet<>()).add(verb);
            });
        }
        return verbs;
    }

    @Test
    void every_table_has_row_level_security_and_admits_the_service() {
        assertEquals(List.of(), database.rows("""
                        select c.relname::text from pg_class c
                        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and not (
                            c.relrowsecurity and exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'importonce_service'))
                        """), "a file that adds a table calls importonce_guard");
    }

    @Test
    void a_user_sees_the_own_rows_only() {
        for (String table :
                List.of("migration_jobs", "migration_job_progress", "import_chunks", "import_rejects", "sources"))
            assertEquals(List.of(ANN), seen(signedIn(ANN), "select distinct user_id from " + table), table);
        assertEquals(List.of(), seen("{\"role\": \"authenticated\"}", "select user_id from migration_jobs"));
    }

    @Test
    void members_see_the_contacts_of_their_organisations() {
        String contacts = "select email from contacts order by email";
        assertEquals(List.of("own@example.com"), seen(signedIn(ANN), contacts));
        assertEquals(List.of("org@example.com"), seen(member("\"org_id\": \"" + ORG + "\""), contacts));
        assertEquals(
                List.of("org@example.com", "own@example.com"),
                seen(member("\"org_ids\": [\"" + ORG + "\", \"no uuid\", 3]"), contacts));
        assertEquals(List.of("own@example.com"), seen(member("\"org_ids\": \"" + ORG + "\""), contacts));
    }

    @Test
    void a_legacy_browser_may_only_submit_its_own_pending_jobs() {
        assertEquals("ok", insert("'" + ANN + "', 'pending'", "user_id, status"));
        assertEquals(
                "ok",
                insert(
                        "'" + ANN + "', 'c.csv', '{}', 'ann_m_f_1700000000000'",
                        "user_id, file_name, mapping, idempotency_key"));
        assertEquals(DENIED, insert("'" + BOB + "', 'pending'", "user_id, status"));
        for (String status : List.of("processing", "completed", "failed", "cancelled"))
            assertEquals(DENIED, insert("'" + ANN + "', '" + status + "'", "user_id, status"));
        // What would make it one of ours, hold up others or tell tales.
        assertEquals(DENIED, insert("'" + ANN + "', '" + ANN + "'", "user_id, source_id"));
        assertEquals(DENIED, insert("'" + ANN + "', '" + ORG + "'", "user_id, org_id"));
        assertEquals(DENIED, insert("'" + ANN + "', now() + interval '1 year'", "user_id, turn"));
        assertEquals(DENIED, insert("'" + ANN + "', 10", "user_id, inserted"));
        assertEquals("23514", insert("'" + ANN + "', 'v1:a'", "user_id, base_idempotency_key"));
        assertEquals("23514", insert("'" + ANN + "', 1", "user_id, blocks"));
    }

    @Test
    void a_legacy_browser_stores_no_words_but_those_that_are_read() {
        assertEquals("ok", insert("'" + ANN + "', 'messages', '{\"a\": [1]}'", "user_id, target, mapping"));
        // What the service would not take either.
        assertEquals(DENIED, insert("'" + ANN + "', 'x'", "user_id, target"));
        for (String mapping : List.of("[]", "\"x\"", "null", "1e70000", "{\"a\": 1e70000}"))
            assertEquals(DENIED, insert("'" + ANN + "', '" + mapping + "'", "user_id, mapping"), mapping);
        String large = "x".repeat(70_000);
        assertEquals(DENIED, insert("'" + ANN + "', '{\"a\": \"" + large + "\"}'", "user_id, mapping"));
        for (String column : List.of("file_name", "idempotency_key", "base_idempotency_key"))
            assertEquals(DENIED, insert("'" + ANN + "', '" + large + "'", "user_id, " + column), column);
        for (String column : List.of("created_at", "updated_at"))
            assertEquals(DENIED, insert("'" + ANN + "', '-infinity'", "user_id, " + column), column);
        assertEquals(DENIED, insert("'" + ANN + "', 100", "user_id, percent"));
        assertEquals(DENIED, insert("'" + ANN + "', 1", "user_id, done_rows"));
    }

    /** Before the policy knew it: whatever is there already is read and cancelled like any other. */
    @Test
    void a_word_that_nobody_knows_makes_no_job_unreadable() {
        UUID job = UUID.randomUUID();
        database.update(
                "insert into migration_jobs (id, user_id, target, mapping) values (?, ?::uuid, 'x', '{\"undoable\": \"banana\"}')",
                job,
                BOB);
        String view = "select undoable from migration_job_progress where id = '" + job + "'";
        assertEquals(
                List.of(false),
                run(database, "authenticated", signedIn(BOB), view).rows());
        String cancel = "select cancel_migration('" + job + "')";
        for (String mapping : List.of("{\"undoable\": \"banana\"}", "{\"undoable\": true}", "[]", "7")) {
            database.update(
                    "update migration_jobs set status = 'pending', mapping = ?::jsonb where id = ?", mapping, job);
            commit("authenticated", signedIn(BOB), cancel);
            assertEquals(
                    List.of(List.of("cancelled", false)),
                    database.rows("select status, before_images from migration_jobs where id = ?", job),
                    "nothing of ours is in it to be swept");
        }
    }

    @Test
    void policies_of_the_projects_own_open_nothing_more() {
        Database legacy = SupabaseServer.newest().database(SupabaseServer.Shape.LEGACY);
        SupabaseServer.migrate(legacy);

        // "Everybody reads", and "for all" to who owns the row.
        assertEquals(
                List.of(BOB),
                run(legacy, "authenticated", signedIn(BOB), "select distinct user_id from migration_jobs")
                        .rows());
        for (String write : List.of("update migration_jobs set status = 'completed'", "delete from migration_jobs"))
            assertEquals(
                    DENIED, run(legacy, "authenticated", signedIn(BOB), write).state());
        assertEquals(
                DENIED, run(legacy, "anon", "{}", "select from migration_jobs").state());
        legacy.update("grant update, delete on migration_jobs to authenticated");
        for (String write : List.of(
                "update migration_jobs set status = 'completed' returning id",
                "delete from migration_jobs returning id"))
            assertEquals(
                    List.of(),
                    run(legacy, "authenticated", signedIn(BOB), write).rows());
        assertEquals(
                "ok",
                run(
                                legacy,
                                "authenticated",
                                signedIn(BOB),
                                "insert into migration_jobs (user_id) values ('" + BOB + "')")
                        .state());
    }

    /** An UPDATE grant without an UPDATE policy lets the first one through, and only the duplicate fails. */
    @Test
    void who_may_submit_may_submit_a_second_time() {
        String submit = """
                insert into migration_jobs as j (id, user_id, org_id, source_id, mapping, format, header, base_idempotency_key, idempotency_key,
                    blocks, shares, total_rows)
                select gen_random_uuid(), s.user_id, s.user_id, s.id, '{}', '{}', '{email}', 'v1:trap', 'v1:trap_' || gen_random_uuid(), 1, 1, 10
                from sources s where s.user_id = '%s'
                on conflict (user_id, base_idempotency_key) where status not in ('cancelled', 'completed', 'failed')
                do update set duplicate_requests = j.duplicate_requests + 1
                returning j.duplicate_requests
                """.formatted(ANN);
        for (String role : List.of("importonce", "service_role")) {
            SupabaseServer.as(database, "postgres").transaction(false, connection -> {
                connection.createStatement().execute("set local role " + role);
                for (int n = 0; n < 3; n++)
                    try (ResultSet row = connection.createStatement().executeQuery(submit)) {
                        assertTrue(row.next());
                        assertEquals(n, row.getInt(1), role);
                    }
                return null;
            });
        }
        // Browsers do not get that far: already the first is refused.
        assertEquals(
                DENIED, run(database, "authenticated", signedIn(ANN), submit).state());
    }

    @Test
    void a_user_cancels_the_own_job_and_no_other() {
        String cancel = "select cancel_migration('%s')";
        assertEquals(DENIED, run(database, "anon", "{}", cancel.formatted(ANN)).state());
        assertEquals(1, seen(signedIn(ANN), cancel.formatted(BOB)).size());
        assertEquals(
                null,
                run(database, "authenticated", signedIn(ANN), cancel.formatted(BOB))
                        .rows()
                        .get(0));
        assertEquals(
                null,
                run(database, "authenticated", "{}", cancel.formatted(BOB))
                        .rows()
                        .get(0));
        assertEquals(
                List.of("cancelled"),
                run(database, "authenticated", signedIn(BOB), cancel.formatted(BOB))
                        .rows());
    }

    @Test
    void a_cancelled_job_is_as_the_service_leaves_it() {
        UUID job = UUID.randomUUID();
        database.update("""
                insert into migration_jobs (id, user_id, org_id, source_id, mapping, format, header, base_idempotency_key, idempotency_key,
                    blocks, shares, total_rows, status)
                values (?, ?::uuid, ?::uuid, ?::uuid, '{}', '{}', '{email}', 'v1:c', 'v1:c', 2, 1, 10, 'processing')
                """, job, ANN, ANN, ANN);
        database.update("""
                insert into import_chunks (job_id, user_id, step, ordinal, status, due_at, turn, token, byte_offset, byte_length, first_row,
                    row_count, read_rows)
                values (?, ?::uuid, 'reading', 0, 'done', null, now(), 1, 0, 1, 1, 10, 10), (?, ?::uuid, 'reading', 1, 'processing', now(), now(), 4, 0, 1, 1, 10, 0)
                """, job, ANN, job, ANN);

        commit("authenticated", signedIn(ANN), "select cancel_migration('" + job + "')");

        assertEquals(
                List.of(List.of("cancelled", true, 10L)),
                database.rows(
                        "select status, finished_at is not null, read_rows from migration_jobs where id = ?", job));
        assertEquals(
                List.of(List.of("done", 1L), List.of("cancelled", 5L)),
                database.rows("select status, token from import_chunks where job_id = ? order by ordinal", job));
        commit("authenticated", signedIn(ANN), "select cancel_migration('" + job + "')");
        assertEquals(5, database.count("select max(token) from import_chunks where job_id = ?", job));
    }

    @Test
    void after_the_cut_over_browsers_submit_nothing_any_more() {
        Database late = SupabaseServer.newest().database(SupabaseServer.Shape.LEGACY);
        SupabaseServer.migrate(late);
        String insert = "insert into migration_jobs (user_id) values ('" + ANN + "')";
        assertEquals("ok", run(late, "authenticated", signedIn(ANN), insert).state());

        SupabaseServer.execute(SupabaseServer.as(late, SupabaseServer.PROJECT), SupabaseServer.script("cut_over.sql"));

        assertEquals(DENIED, run(late, "authenticated", signedIn(ANN), insert).state());
        assertEquals("ok", run(late, "service_role", "{}", insert).state());
    }

    @Test
    void the_services_role_can_do_nothing_but_its_work() {
        for (String forbidden : List.of(
                "create table mine (id integer)",
                "create role another",
                "select from auth.users",
                "truncate contacts",
                "drop table contacts",
                "alter table contacts disable row level security",
                "set role service_role"))
            assertEquals(DENIED, run(database, "importonce", "", forbidden).state(), forbidden);
        assertEquals(
                List.of(List.of(false, false, false, false)),
                database.rows(
                        "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = 'importonce'"));
    }

    private static Set<String> tables() {
        Set<String> tables = new TreeSet<>();
        database.rows("select tablename::text from pg_tables where schemaname = 'public'")
                .forEach(row -> tables.add(row.get(0).toString()));
        return tables;
    }

    /** Table to the verbs that are not denied. */
    private static Map<String, Set<String>> rights(Database on, String role, String claims) {
        Map<Object, Object> columns = columns(on);
        Map<String, Set<String>> rights = new TreeMap<>();
        Set<String> all = tables();
        all.addAll(VIEWS);
        for (String table : all)
            for (String verb : VERBS) {
                String state = run(on, role, claims, statement(table, verb, columns.get(table)))
                        .state();
                if (state.equals(DENIED) || VIEWS.contains(table) && !verb.equals("select")) continue;
                assertEquals("ok", state, role + " " + verb + " " + table);
                rights.computeIfAbsent(table, t -> new TreeSet<>()).add(verb);
            }
        return rights;
    }

    private static String statement(String table, String verb, Object column) {
        return switch (verb) {
            case "select" -> "select count(*) from " + table;
            case "insert" -> "insert into %1$s (%2$s) select null where false".formatted(table, column);
            case "update" -> "update %1$s set %2$s = null where false".formatted(table, column);
            default -> "delete from %s where false".formatted(table);
        };
    }

    /** Of each table and view one column that can be written. */
    private static Map<Object, Object> columns(Database of) {
        Map<Object, Object> columns = new TreeMap<>();
        of.rows("""
                select distinct on (c.relname) c.relname::text, quote_ident(a.attname)
                from pg_class c
                join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v') and a.attidentity = '' and a.attgenerated = ''
                order by c.relname, a.attnum
                """).forEach(row -> columns.put(row.get(0), row.get(1)));
        return columns;
    }

    private static String insert(String values, String columns) {
        return run(
                        database,
                        "authenticated",
                        signedIn(ANN),
                        "insert into migration_jobs (" + columns + ") values (" + values + ")")
                .state();
    }

    private static List<Object> seen(String claims, String sql) {
        return run(database, "authenticated", claims, sql).rows();
    }

    private static String signedIn(String user) {
        return "{\"sub\": \"" + user + "\", \"role\": \"authenticated\"}";
    }

    private static String member(String metadata) {
        return "{\"sub\": \"" + ANN + "\", \"role\": \"authenticated\", \"app_metadata\": {" + metadata + "}}";
    }

    private static void commit(String role, String claims, String sql) {
        assertEquals("ok", run(database, role, claims, sql, true).state());
    }

    private static Result run(Database on, String role, String claims, String sql) {
        return run(on, role, claims, sql, false);
    }

    private static Result run(Database on, String role, String claims, String sql, boolean commit) {
        String login = role.equals("importonce") ? role : "authenticator";
        return SupabaseServer.as(on, login).transaction(commit, connection -> {
            connection.createStatement().execute("set local role " + role);
            try (PreparedStatement set =
                    connection.prepareStatement("select set_config('request.jwt.claims', ?, true)")) {
                set.setString(1, claims);
                set.execute();
            }
            return run(connection, sql);
        });
    }

    private static Result run(Connection connection, String sql) {
        List<Object> rows = new java.util.ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            if (statement.execute())
                try (ResultSet result = statement.getResultSet()) {
                    while (result.next() && result.getMetaData().getColumnCount() > 0) {
                        Object value = result.getObject(1);
                        rows.add(value instanceof UUID ? value.toString() : value);
                    }
                }
            return new Result("ok", rows);
        } catch (SQLException e) {
            return new Result(e.getSQLState(), List.of());
        }
    }

    /** @param state ok or the SQLSTATE */
    private record Result(String state, List<Object> rows) {}
}
