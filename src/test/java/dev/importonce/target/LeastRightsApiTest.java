package dev.importonce.target;

import static dev.importonce.fixture.Declared.csv;
import static dev.importonce.fixture.Declared.foreseen;
import static dev.importonce.fixture.Declared.outcome;
import static dev.importonce.fixture.Declared.put;
import static dev.importonce.fixture.Declared.rejects;
import static dev.importonce.fixture.Imports.imported;
import static dev.importonce.fixture.Imports.preview;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.Jwt;
import dev.importonce.fixture.NotOnCitus;
import dev.importonce.fixture.ServiceRole;
import dev.importonce.fixture.Undos;
import dev.importonce.fixture.WithTokens;
import dev.importonce.platform.SupabaseServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.builder.RequestSpecBuilder;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of a project whose owner gives the service's own role no more than it needs. */
@QuarkusTest
@QuarkusTestResource(value = ServiceRole.class, restrictToAnnotatedClass = true)
@TestProfile(WithTokens.class)
@NotOnCitus("its database has roles of its own, and is not distributed")
class LeastRightsApiTest {
    private static final UUID ANN = UUID.fromString("00000000-0000-4000-8000-000000000001");
    private static final UUID BOB = UUID.fromString("00000000-0000-4000-8000-000000000002");
    private static final String OURS = "00000000-0000-4000-8000-00000000000a";
    private static final String THEIRS = "00000000-0000-4000-8000-00000000000b";
    private static final Pattern STATEMENT = Pattern.compile("run: (.+);");
    private static final String PRODUCTS = """
            {"name": "products", "table": "shop.products", "owner": {"organisation": "org_id"}, "key": ["sku"], "attributes": "extra",
             "fields": [
               {"name": "sku", "column": "sku", "type": "text"},
               {"name": "price", "column": "price", "type": "decimal", "scale": 2},
               {"name": "supplier", "column": "supplier_id", "type": "reference",
                "references": {"table": "base.suppliers", "match": ["code"], "owner": {"organisation": "org_id"}}}]}
            """;
    private static final String MAPPING = """
            {"target": "products", "undoable": true, "unmapped": "attributes",
             "fields": {"sku": "sku", "price": "price", "supplier": "supplier"}}
            """;

    Database database;

    @BeforeEach
    void tables_of_a_project() {
        database.update("drop schema if exists shop, base cascade");
        database.update("delete from import_targets");
        for (String schema : List.of("shop", "base"))
            database.update("create schema " + schema + " authorization " + SupabaseServer.PROJECT);
        owner(
                "create table base.suppliers (id bigserial primary key, org_id uuid not null, code text not null, unique (org_id, code))");
        owner("create table shop.secrets (id serial primary key)");
        owner("""
                create table shop.products (id serial primary key, org_id uuid not null, sku text not null, price numeric(10, 2),
                    supplier_id bigint references base.suppliers, extra jsonb, unique (org_id, sku))
                """);
        for (String table : List.of("base.suppliers", "shop.products")) {
            owner("alter table " + table + " enable row level security, force row level security");
            owner("create policy own_rows on " + table + " for all to authenticated using (org_id = auth.uid())");
        }
        database.update(
                "insert into base.suppliers (org_id, code) values (?::uuid, 'ACME'), (?::uuid, 'OTHER')", OURS, THEIRS);
    }

    @AfterEach
    void nobody_has_signed_in() {
        RestAssured.requestSpecification = null;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void what_is_missing_is_said_at_once_and_is_all(boolean script) {
        as(Jwt.ofService());
        Response refused = put("products", PRODUCTS);
        assertEquals(422, refused.statusCode(), refused::asString);
        assertEquals(
                new TreeSet<>(List.of(
                        "create policy importonce_target on base.suppliers for select to importonce using (true)",
                        "drop policy if exists importonce_target on shop.products; create policy importonce_target on shop.products"
                                + " for all to importonce using (true) with check (true)",
                        "grant select on base.suppliers to importonce",
                        "grant select, delete on shop.products to importonce",
                        "grant select, insert, update on shop.products to importonce",
                        "grant usage on schema base to importonce",
                        "grant usage on schema shop to importonce",
                        "grant usage on sequence shop.products_id_seq to importonce")),
                statements(refused));

        if (script) {
            SupabaseServer.allowTarget(database, "shop.products", false);
            SupabaseServer.allowTarget(database, "base.suppliers", true);
        } else {
            for (String statement : statements(refused)) for (String each : statement.split("; ")) owner(each);
        }

        Response declared = put("products", PRODUCTS);
        assertEquals(201, declared.statusCode(), declared::asString);
        assertEverythingWorks();
        assertNothingMoreIsGranted();
    }

    @Test
    void what_is_missing_is_said_in_german_the_statements_in_sql() {
        as(Jwt.ofService());
        List<Map<String, Object>> faults = RestAssured.given()
                .contentType("application/json")
                .header("Accept-Language", "de")
                .body(PRODUCTS)
                .put("/api/targets/products")
                .jsonPath()
                .getList("errors");
        TreeSet<String> statements = new TreeSet<>();
        for (Map<String, Object> fault : faults) {
            String detail = (String) fault.get("detail");
            String statement = (String) ((Map<?, ?>) fault.get("parameters")).get("statement");
            assertTrue(detail.startsWith("Dem Dienst fehlt "), detail);
            assertTrue(detail.contains("Lassen Sie den Eigentümer der Tabelle ausführen: " + statement), detail);
            statements.add(statement.replaceFirst(";$", ""));
        }
        assertEquals(statements(put("products", PRODUCTS)), statements);
    }

    @Test
    void without_the_policy_nothing_can_be_imported() {
        allowed();
        owner("drop policy importonce_target on shop.products");
        as(Jwt.ofService());
        assertEquals(
                List.of(
                        "drop policy if exists importonce_target on shop.products; create policy importonce_target on shop.products"
                                + " for all to importonce using (true) with check (true)"),
                List.copyOf(statements(put("products", PRODUCTS))));
        as(ann());
        JsonPath job = imported(csv("sku,price,supplier", "a,1,ACME"), MAPPING);
        assertEquals("urn:importonce:problem:target-changed", job.getString("error.type"), job::prettify);
        assertEquals(0, database.count("select count(*) from shop.products"));

        SupabaseServer.allowTarget(database, "shop.products", false);

        assertEverythingWorks();
    }

    @Test
    void the_script_may_be_run_again_and_for_more() {
        SupabaseServer.allowTarget(database, "shop.products", true);
        as(Jwt.ofService());
        assertTrue(
                put("products", PRODUCTS).asString().contains("with check (true)"),
                "what may only be read is no target");
        for (int i = 0; i < 2; i++) {
            SupabaseServer.allowTarget(database, "shop.products", false);
            SupabaseServer.allowTarget(database, "base.suppliers", true);
        }
        // Another target refers to it: what it is allowed as a target stays.
        SupabaseServer.allowTarget(database, "shop.products", true);
        Response declared = put("products", PRODUCTS);
        assertEquals(201, declared.statusCode(), declared::asString);
        assertEverythingWorks();
        assertNothingMoreIsGranted();
    }

    @Test
    void rows_of_another_tenant_are_neither_met_nor_written() {
        allowed();
        as(bob());
        assertEquals("inserted 2", outcome(imported(csv("sku,price,supplier", "x,1,OTHER", "y,1,"), MAPPING)));
        String theirs =
                "select sku, price, supplier_id, extra from shop.products where org_id = '" + THEIRS + "' order by sku";
        List<List<Object>> before = database.rows(theirs);
        byte[] file = csv("sku,price,supplier,org_id", "x,2,ACME," + THEIRS, "y,2,OTHER," + THEIRS, "z,2,," + THEIRS);

        as(ann());
        assertEquals("inserted 2, rejected 1", foreseen(preview(file, MAPPING)));
        JsonPath job = imported(file, MAPPING);

        assertEquals("inserted 2, rejected 1", outcome(job), job::prettify);
        assertEquals(List.of("3: supplier names no row of base.suppliers by code."), rejects(job));
        assertEquals(before, database.rows(theirs));
        String ours = "select sku, extra ->> 'org_id' from shop.products where org_id = '" + OURS + "' order by sku";
        assertEquals(List.of(List.of("x", THEIRS), List.of("z", THEIRS)), database.rows(ours));
        assertEquals(2, Undos.undone(job.getString("jobId")).getInt("undo.undone"));
        assertEquals(before, database.rows(theirs));
        assertEquals(List.of(), database.rows(ours));
        assertEquals(
                422,
                Imports.run(file, MAPPING.replace("\"sku\": \"sku\"", "\"sku\": \"sku\", \"org_id\": \"org_id\""))
                        .statusCode());
        assertEquals(
                403,
                Imports.run(file, MAPPING.replace("\"undoable\"", "\"orgId\": \"" + THEIRS + "\", \"undoable\""))
                        .statusCode());
    }

    @Test
    void an_undo_takes_no_rows_along_that_a_policy_hides() {
        owner("create table shop.stock (product_id int not null references shop.products on delete cascade)");
        owner("alter table shop.stock enable row level security");
        owner("grant select on shop.stock to public");
        allowed();
        as(ann());
        JsonPath job = imported(csv("sku,price,supplier", "a,1,", "b,1,"), MAPPING);
        database.update("insert into shop.stock select id from shop.products where sku = 'a'");

        JsonPath undone = Undos.undone(job.getString("jobId"));

        assertEquals(List.of("referenced", "referenced"), undone.getList("undo.kept.reason"), undone::prettify);
        assertEquals(1, database.count("select count(*) from shop.stock"));
        SupabaseServer.allowTarget(database, "shop.stock", true);
        job = imported(csv("sku,price,supplier", "c,1,", "d,1,"), MAPPING);
        database.update("insert into shop.stock select id from shop.products where sku = 'c'");
        undone = Undos.undone(job.getString("jobId"));
        assertEquals(List.of(Map.of("sku", "c")), undone.getList("undo.kept.key"), undone::prettify);
        assertEquals(1, undone.getInt("undo.undone"));
        assertEquals(2, database.count("select count(*) from shop.stock"));
    }

    private void allowed() {
        SupabaseServer.allowTarget(database, "shop.products", false);
        SupabaseServer.allowTarget(database, "base.suppliers", true);
        as(Jwt.ofService());
        Response declared = put("products", PRODUCTS);
        assertEquals(201, declared.statusCode(), declared::asString);
    }

    /** Inserts, updates, halves, foresees and takes back. */
    private void assertEverythingWorks() {
        as(ann());
        byte[] first = csv("sku,price,supplier", "a,1,ACME", "b,1,", "c,123456789,", "d,1,NOBODY");
        String expected = "inserted 2, rejected 2";
        assertEquals(expected, foreseen(preview(first, MAPPING)));
        JsonPath job = imported(first, MAPPING);
        assertEquals(expected, outcome(job), job::prettify);
        JsonPath again = imported(csv("sku,price,supplier", "a,2,", "b,1,"), MAPPING);
        assertEquals("updated 1, unchanged 1", outcome(again), again::prettify);
        assertEquals(1, Undos.undone(again.getString("jobId")).getInt("undo.undone"));
        assertEquals(2, Undos.undone(job.getString("jobId")).getInt("undo.undone"));
        assertEquals(0, database.count("select count(*) from shop.products"));
    }

    private void assertNothingMoreIsGranted() {
        assertEquals(
                List.of(
                        List.of("base USAGE"),
                        List.of("products DELETE, INSERT, SELECT, UPDATE"),
                        List.of("products_id_seq USAGE"),
                        List.of("shop USAGE"),
                        List.of("suppliers SELECT")),
                database.rows("""
                        with ours as (
                            select c.oid, c.relname, c.relkind from pg_class c
                            where c.relnamespace in ('shop'::regnamespace, 'base'::regnamespace) and c.relkind in ('r', 'S')
                        ), may as (
                            select relname as name, right_ from ours
                            cross join unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) right_
                            where relkind = 'r' and has_table_privilege('importonce', oid, right_)
                            union all
                            select relname, right_ from ours
                            cross join unnest(array['USAGE', 'SELECT', 'UPDATE']) right_
                            where case relkind when 'S' then has_sequence_privilege('importonce', oid, right_) else false end
                            union all
                            select n, right_ from unnest(array['shop', 'base']) n cross join unnest(array['USAGE', 'CREATE']) right_
                            where has_schema_privilege('importonce', n, right_)
                            union all
                            select relname, 'some columns of it' from ours
                            where relname = 'secrets' and has_any_column_privilege('importonce', oid, 'SELECT, INSERT, UPDATE, REFERENCES')
                        )
                        select name || ' ' || string_agg(right_, ', ' order by right_) from may group by name order by name
                        """));
        assertEquals(
                List.of(List.of(false, false, false)),
                database.rows(
                        "select rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = 'importonce'"));
    }

    private static TreeSet<String> statements(Response refused) {
        TreeSet<String> statements = new TreeSet<>();
        for (String detail : refused.jsonPath().<String>getList("errors.detail")) {
            Matcher statement = STATEMENT.matcher(detail);
            assertTrue(statement.find(), detail);
            statements.add(statement.group(1));
        }
        return statements;
    }

    private void owner(String statement) {
        SupabaseServer.as(database, SupabaseServer.PROJECT).update(statement);
    }

    private static Jwt ann() {
        return Jwt.of(ANN).with("app_metadata", Map.of("org_id", OURS));
    }

    private static Jwt bob() {
        return Jwt.of(BOB).with("app_metadata", Map.of("org_id", THEIRS));
    }

    /** Sends that token with every call from now on. */
    private static void as(Jwt token) {
        RestAssured.requestSpecification = null;
        RestAssured.requestSpecification = new RequestSpecBuilder()
                .addHeader("Authorization", "Bearer " + token.sign())
                .build();
    }
}
