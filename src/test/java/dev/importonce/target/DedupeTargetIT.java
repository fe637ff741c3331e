package dev.importonce.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Await;
import dev.importonce.fixture.Database;
import dev.importonce.fixture.NotOnCitus;
import dev.importonce.fixture.Service;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.platform.SupabaseServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code dedupe} of a table with duplicates, which cannot be declared before they are gone. */
@Timeout(300)
class DedupeTargetIT {
    private static final int KEYS = 1_000;
    private static final int SURPLUS = 250;
    private static final String INDEX = "create unique index on public.goods (org_id, sku)";
    private static final String GOODS = """
            {"name": "goods", "table": "public.goods", "owner": {"organisation": "org_id"}, "key": ["sku"], "attributes": "extra",
             "fields": [{"name": "sku", "column": "sku", "type": "text"}, {"name": "title", "column": "title", "type": "text"},
                        {"name": "price", "column": "price", "type": "decimal", "scale": 2}]}
            """;
    private static final String ROWS =
            "select id, sku, title, price, extra::text, note::text, created_at::text from goods order by id";

    @TempDir
    Path folder;

    private Database database;
    private String file;

    @BeforeEach
    void goods_with_duplicates() throws IOException {
        file = Files.writeString(folder.resolve("goods.json"), GOODS).toString();
        database = new Database(TestPostgres.newDatabase());
        Service.migrate(Map.of("QUARKUS_DATASOURCE_JDBC_URL", database.url()));
        fill(database);
    }

    /** Of 1,000 keys 200 are there twice and 50 of them three times; the oldest row of a key has the highest id. */
    private static void fill(Database database) {
        database.update("""
                create table goods (id bigint generated always as identity primary key, org_id uuid not null, sku text, title varchar(50),
                    price numeric(10, 2), extra jsonb, note json, created_at timestamptz, twice int generated always as (1 + 1) stored)
                """);
        String insert = """
                insert into goods (org_id, sku, title, price, extra, note, created_at)
                select md5('org')::uuid, 'sku' || n, %s, %s, %s::jsonb, %s::json, timestamptz '2024-01-01' + %s * interval '1 day'
                from generate_series(1, ?) n
                """;
        database.update(insert.formatted("'newest'", "3", "'{\"a\": 3, \"b\": 3, \"c\": 3}'", "null", "3"), 50);
        database.update(insert.formatted("'newer'", "2", "'{\"a\": 2, \"b\": 2}'", "'{\"n\":2}'", "2"), 200);
        database.update(insert.formatted("' '", "null", "'{\"a\": 1}'", "null", "1"), KEYS);
        database.update("insert into goods (org_id) select md5('org')::uuid from generate_series(1, 2)");
    }

    @Test
    void without_apply_it_only_shows_what_it_would_do() {
        List<List<Object>> before = database.rows(ROWS);
        Service declared = run(database, "target", "apply", file);
        assertEquals(1, declared.exitCode(), declared::output);

        Service dry = run(database, "dedupe", file);

        assertEquals(0, dry.exitCode(), dry::output);
        assertSaid(
                dry,
                "goods: 250 surplus rows of 200 keys, 2 rows without a whole key left alone",
                "[251] stays, surplus: [51], [1]",
                "Nothing was changed. To do it, run it again with --apply: it ends with " + INDEX + ";");
        assertEquals(
                20,
                dry.output()
                        .lines()
                        .filter(line -> line.contains("stays, surplus:"))
                        .count());
        assertFalse(dry.output().contains("sku1"), dry::output);
        assertEquals(before, database.rows(ROWS));
        assertEquals(0, database.count("select count(*) from dedupe_log"));
    }

    @NotOnCitus("looks for duplicates of all owners")
    @Test
    void the_oldest_stays_and_takes_over_what_it_lacks() {
        assertDone(run(database, "dedupe", file, "--apply"));

        assertOnce();
        String row = "select title, price, extra::text, note::text from goods where sku = ?";
        assertEquals(
                List.of(java.util.Arrays.asList(
                        "newer", new java.math.BigDecimal("2.00"), "{\"a\": 1, \"b\": 2, \"c\": 3}", "{\"n\":2}")),
                database.rows(row, "sku1"));
        assertEquals(List.of(java.util.Arrays.asList(" ", null, "{\"a\": 1}", null)), database.rows(row, "sku999"));
        assertEquals(SURPLUS, database.count("""
                select count(*) from dedupe_log l join goods k on l.removed -> 'kept' = jsonb_build_array(k.id)
                where l.kind = 'targets' and l.removed ->> 'table' = 'public.goods' and l.removed #>> '{row,sku}' = k.sku
                  and l.removed #>> '{row,title}' in ('newer', 'newest') and l.kept_id <> l.removed_id
                """));
        Service declared = run(database, "target", "apply", file);
        assertEquals(0, declared.exitCode(), declared::output);
        Service again = run(database, "dedupe", "goods", "--apply");
        assertEquals(0, again.exitCode(), again::output);
        assertSaid(again, "there are no duplicates");
        assertEquals(SURPLUS, database.count("select count(*) from dedupe_log"));
    }

    @Test
    void killed_in_the_middle_it_has_changed_nothing() throws Exception {
        List<List<Object>> before = database.rows(ROWS);
        database.update("""
                create function stop() returns trigger language plpgsql as
                'begin if old.id > 40 then perform pg_advisory_xact_lock(42); end if; return old; end'
                """);
        database.update("create trigger stop before delete on goods for each row execute function stop()");
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_advisory_lock(42)");
            Service killed = run(database, "dedupe", file, "--apply");
            Await.until(() -> database.count("""
                    select count(*) from pg_locks where locktype = 'advisory' and not granted and objid = 42
                      and database = (select oid from pg_database where datname = current_database())
                    """) > 0);
            killed.kill();
        }
        Await.until(
                () -> database.count("select count(*) from pg_stat_activity where datname = current_database()") == 1);
        assertEquals(before, database.rows(ROWS));
        assertEquals(0, database.count("select count(*) from dedupe_log"));
        database.update("drop trigger stop on goods");

        assertDone(run(database, "dedupe", file, "--apply"));

        assertOnce();
    }

    @Test
    void two_at_once_come_out_as_one() {
        Service one = run(database, "dedupe", file, "--apply");
        Service other = run(database, "dedupe", file, "--apply");
        assertEquals(0, one.exitCode(), one::output);
        assertEquals(0, other.exitCode(), other::output);
        assertOnce();
    }

    @Test
    void without_a_time_the_primary_key_decides() {
        database.update("alter table goods drop column created_at");
        assertDone(run(database, "dedupe", file, "--apply"));
        assertEquals(List.of(List.of("newest")), database.rows("select title from goods where sku = 'sku1'"));
        assertEquals(List.of(List.of("newer")), database.rows("select title from goods where sku = 'sku51'"));
    }

    @Test
    void what_stands_in_the_way_is_said_and_nothing_done() {
        database.update("create table stock (goods_id bigint references goods on delete cascade)");
        assertRefused("Not applied: rows of stock refer to public.goods.");
        database.update("drop table stock");
        database.update("alter table goods drop constraint goods_pkey");
        assertRefused("Not applied: The table has no primary key");
        database.update("alter table goods drop column price");
        assertRefused("/fields/2/column: The table has no column \"price\".");
    }

    @Test
    void who_does_not_own_the_table_is_told_the_statement() {
        database.update("do 'begin if to_regrole(''cleaner'') is null then create role cleaner login; end if; end'");
        database.update("grant all on all tables in schema public to cleaner");
        database.update("alter table dedupe_log disable row level security");
        database.update("alter table import_targets disable row level security");

        Service apply = run(SupabaseServer.as(database, "cleaner"), "dedupe", file, "--apply");

        assertEquals(1, apply.exitCode(), apply::output);
        assertSaid(apply, "250 rows removed", "Let the table's owner run: " + INDEX + ";");
        assertEquals(KEYS + 2, database.count("select count(*) from goods"));
        database.update(INDEX);
        database.update("drop owned by cleaner");
    }

    private void assertRefused(String why) {
        List<List<Object>> before = database.rows("select sku, title from goods order by id");
        Service apply = run(database, "dedupe", file, "--apply");
        assertEquals(1, apply.exitCode(), apply::output);
        assertSaid(apply, why);
        assertEquals(before, database.rows("select sku, title from goods order by id"));
    }

    private void assertOnce() {
        assertEquals(KEYS + 2, database.count("select count(*) from goods"));
        assertEquals(KEYS, database.count("select count(distinct sku) from goods"));
        assertEquals(KEYS, database.count("select count(*) from goods where created_at = timestamptz '2024-01-02'"));
        assertEquals(SURPLUS, database.count("select count(*) from dedupe_log"));
        assertEquals(
                1,
                database.count(
                        "select count(*) from pg_index where indrelid = 'goods'::regclass and indisunique and indisvalid and not indisprimary"));
    }

    private static void assertDone(Service dedupe) {
        assertEquals(0, dedupe.exitCode(), dedupe::output);
        assertSaid(dedupe, "No duplicates are left; the unique index keeps new ones out.");
    }

    private static void assertSaid(Service command, String... parts) {
        for (String part : parts)
            assertTrue(command.output().contains(part), () -> part + " is not in " + command.output());
    }

    private static Service run(Database database, String... words) {
        return Service.launch(Map.of("QUARKUS_DATASOURCE_JDBC_URL", database.url()), Service.freePort(), words);
    }
}
