package dev.importonce.target;

import static dev.importonce.fixture.Declared.csv;
import static dev.importonce.fixture.Declared.foreseen;
import static dev.importonce.fixture.Declared.outcome;
import static dev.importonce.fixture.Declared.put;
import static dev.importonce.fixture.Declared.rejects;
import static dev.importonce.fixture.Imports.imported;
import static dev.importonce.fixture.Imports.preview;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.NotOnCitus;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.fixture.Undos;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A table of somebody else, declared and imported into. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class DeclaredTargetApiTest {
    private static final String PRODUCTS = """
            {"name": "products", "label": {"en": "Products", "de": "Produkte"}, "table": "shop.products",
             "owner": {"organisation": "org_id"}, "key": ["sku"], "attributes": "extra",
             "fields": [
               {"name": "sku", "column": "sku", "type": "text", "maxLength": 64, "normalise": ["upper"], "headers": ["Artikelnummer"]},
               {"name": "price", "column": "price", "type": "decimal", "scale": 2, "min": "0"},
               {"name": "status", "column": "status", "type": "enum", "values": {"active": ["aktiv"], "retired": ["inaktiv"]}},
               {"name": "releasedOn", "column": "released_on", "type": "date"},
               {"name": "supplier", "column": "supplier_id", "type": "reference",
                "references": {"table": "shop.suppliers", "match": ["code"], "owner": {"organisation": "org_id"}}}]}
            """;
    private static final String MAPPING = """
            {"target": "products", "fields": {"sku": "sku", "price": "price", "status": "status"}}
            """;

    private static final String UNDOABLE = """
            {"target": "products", "fields": {"sku": "sku", "price": "price", "status": "status"}, "undoable": true,
             "unmapped": "attributes"}
            """;

    Database database;

    @BeforeEach
    void a_shop() {
        database.update("drop schema if exists shop cascade");
        database.update("create schema shop");
        database.update("""
                create table shop.suppliers (id bigint generated always as identity, org_id uuid not null, code text not null,
                    primary key (org_id, id), unique (org_id, code))
                """);
        database.update("""
                create table shop.products (id bigint generated always as identity, org_id uuid not null, sku text not null,
                    price numeric(10, 2) constraint price_is_fair check (price < 1000), status text not null default 'active',
                    released_on date, supplier_id bigint, extra jsonb, primary key (org_id, id), unique (org_id, sku),
                    foreign key (org_id, supplier_id) references shop.suppliers (org_id, id))
                """);
        database.update("delete from import_targets");
        put("products", PRODUCTS).then().statusCode(201);
    }

    @AfterEach
    void no_target_is_left() {
        database.update("delete from import_targets");
        database.update("drop schema shop cascade");
    }

    @Test
    void rows_are_inserted_updated_and_left() {
        assertEquals("inserted 2", outcome(imported(csv("sku,price,status", "a1,1.50,aktiv", "a2,,"), MAPPING)));
        assertEquals(List.of(List.of("A1", "1.50", "active"), List.of("A2", "null", "active")), products());

        JsonPath again =
                imported(csv("sku,price,status", "a1,1.50,", "A2,2,retired", "a3,3,", "a2,4,retired"), MAPPING);

        assertEquals("inserted 1, updated 1, unchanged 1, overridden 1", outcome(again));
        assertEquals(
                List.of(
                        List.of("A1", "1.50", "active"),
                        List.of("A2", "4.00", "retired"),
                        List.of("A3", "3.00", "active")),
                products());
        assertEquals(0, database.count("select count(*) from target_staging"));
    }

    @Test
    void a_row_that_the_table_refuses_is_rejected_by_itself() {
        String[] lines = new String[1001];
        lines[0] = "sku,price,status";
        for (int i = 1; i <= 1000; i++) lines[i] = "p" + i + "," + (i % 250 == 0 ? 1000 : 1) + ",aktiv";
        byte[] file = csv(lines);

        assertEquals("inserted 996, rejected 4", foreseen(preview(file, MAPPING)));
        assertEquals(0, database.count("select count(*) from shop.products"));
        JsonPath job = imported(file, MAPPING);

        assertEquals("inserted 996, rejected 4", outcome(job));
        assertEquals("completed", job.getString("status"));
        String reason = ": The table's check refuses it (price_is_fair on price).";
        assertEquals(List.of("251" + reason, "501" + reason, "751" + reason, "1001" + reason), rejects(job));
        assertEquals(996, database.count("select count(*) from shop.products"));
        assertEquals(0, database.count("select count(*) from target_rows"));
    }

    @Test
    void a_preview_shows_what_would_change() {
        imported(csv("sku,price,status", "a,1.50,aktiv", "b,007,"), MAPPING);
        JsonPath preview = preview(csv("sku,price,status", "b,2,", "a,,retired", "c,2000,", "d,,", "b,7,"), MAPPING);

        assertEquals("inserted 1, updated 1, unchanged 1, overridden 1, rejected 1", foreseen(preview));
        assertEquals(List.of("{by=6, row=2}"), texts(preview, "overridden"));
        assertEquals(
                List.of(
                        "{fields={price=[1.50, 1.50], status=[active, retired]}, key={sku=A}, outcome=updated, row=3}",
                        "{fields={price=[null, null], status=[null, active]}, key={sku=D}, outcome=inserted, row=5}",
                        "{fields={price=[7.00, 7.00], status=[active, active]}, key={sku=B}, outcome=unchanged, row=6}"),
                texts(preview, "changes"));
    }

    @Test
    void a_phone_number_is_stored_as_the_whole_world_dials_it() {
        database.update("alter table shop.suppliers add column phone text, add column fax text");
        put("suppliers", """
                {"name": "suppliers", "table": "shop.suppliers", "owner": {"organisation": "org_id"}, "key": ["code"], "fields": [
                 {"name": "code", "column": "code", "type": "text"},
                 {"name": "phone", "column": "phone", "type": "phone", "region": "DE", "example": "030 901820"},
                 {"name": "fax", "column": "fax", "type": "phone"}]}
                """).then().statusCode(201);
        JsonPath view = RestAssured.get("/api/targets/suppliers").jsonPath();
        assertEquals(List.of("text", "phone", "phone"), view.getList("fields.type"));
        assertEquals(Map.of("region", "DE"), view.getMap("fields[1].rules"));

        JsonPath job = imported(
                csv(
                        "code,phone,fax",
                        "a,(030) 90 18-20,+41 44 668 18 00",
                        "b,'+44 20 7946 0958,",
                        "c,030 901820 ext. 7,",
                        "d,,030 901820",
                        "e,112,"),
                """
                {"target": "suppliers", "fields": {"code": "code", "phone": "phone", "fax": "fax"}}
                """);

        assertEquals("inserted 2, rejected 3", outcome(job));
        assertEquals(
                List.of(List.of("a", "+4930901820", "+41446681800"), List.of("b", "+442079460958", "null")),
                database.rows("select code, phone, coalesce(fax, 'null') from shop.suppliers order by code"));
        assertEquals(
                List.of(
                        "4: phone \"030 901820 ext. 7\" has an extension: leave the number alone in this column, and move the extension to another.",
                        "5: fax \"030 901820\" has no country code: write it with + and the code, such as +49 30 901820, or have the target's field declared with the region of such numbers.",
                        "6: phone \"112\" is not a phone number of DE: its area code is missing."),
                rejects(job));
    }

    private static List<String> texts(JsonPath json, String list) {
        return json.<Map<String, Object>>getList(list).stream()
                .map(each -> new TreeMap<>(each).toString())
                .toList();
    }

    @Test
    void a_reference_names_a_row_of_the_same_owner() {
        String org = "00000000-0000-0000-0000-000000000001";
        database.update("insert into shop.suppliers (org_id, code) values (?::uuid, 'ACME')", org);
        database.update("insert into shop.suppliers (org_id, code) values (gen_random_uuid(), 'OTHER')");
        byte[] file = csv("sku,supplier", "a1,ACME", "a2,OTHER", "a3,", "a4,ACME");
        String mapping = "{\"target\": \"products\", \"fields\": {\"sku\": \"sku\", \"supplier\": \"supplier\"}}";

        assertEquals("inserted 3, rejected 1", foreseen(preview(file, mapping)));
        JsonPath job = imported(file, mapping);

        assertEquals("inserted 3, rejected 1", outcome(job));
        assertEquals(List.of("3: supplier names no row of shop.suppliers by code."), rejects(job));
        assertEquals(2, database.count("select count(*) from shop.products where supplier_id is not null"));
    }

    @Test
    void a_table_that_changes_fails_the_job_by_its_name() {
        assertEquals(0, unfit());
        database.update("alter table shop.products drop column price");
        assertEquals(1, unfit());
        JsonPath job = imported(csv("sku,price,status", "a1,1.50,aktiv"), MAPPING);
        assertEquals("failed", job.getString("status"));
        assertEquals("urn:importonce:problem:target-changed", job.getString("error.type"));
        assertEquals("/fields/1/column", job.getString("error.errors[0].pointer"));
    }

    @Test
    void an_import_can_be_undone_where_nothing_changed_since() {
        String before = "select sku, price, status, extra, released_on from shop.products order by sku";
        imported(csv("sku,price,status,Colour", "old,1,aktiv,red", "edited,1,,"), UNDOABLE);
        List<List<Object>> stored = database.rows(before);
        JsonPath job = imported(
                csv("sku,price,status,Colour", "old,2,inaktiv,blue", "edited,2,,green", "new,3,,", "kept,4,,"),
                UNDOABLE);
        assertEquals("inserted 2, updated 2", outcome(job));
        database.update("update shop.products set price = 7 where sku = 'EDITED'");
        database.update("update shop.products set released_on = '2030-01-01' where sku = 'KEPT'");

        JsonPath undone = Undos.undone(job.getString("jobId"));

        assertEquals(2, undone.getInt("undo.undone"));
        assertEquals(List.of(Map.of("sku", "EDITED"), Map.of("sku", "KEPT")), undone.getList("undo.kept.key"));
        assertEquals(List.of("changed", "changed"), undone.getList("undo.kept.reason"));
        assertEquals(List.of(List.of("price"), List.of("releasedOn")), undone.getList("undo.kept.fields"));
        database.update("update shop.products set price = 1 where sku = 'EDITED'");
        database.update("delete from shop.products where sku = 'KEPT'");
        assertEquals(stored, database.rows(before));
        assertEquals(
                0,
                database.count(
                        "select count(*) from target_before_images where job_id = ?::uuid", job.getString("jobId")));
    }

    @Test
    void new_rows_get_ids_in_the_order_of_their_keys() {
        declareThings();
        JsonPath job = imported(csv("code,name", "c,C", "a,A", "b,B"), THINGS_MAPPING);
        assertEquals("inserted 3", outcome(job));
        assertEquals(
                List.of(List.of("a"), List.of("b"), List.of("c")),
                database.rows("select code from shop.things order by id"));
        assertEquals(3, database.count("select count(*) from shop.things where id::text like '________-____-7%'"));
        assertEquals(0, database.count("select count(*) from shop.things where updated_at is not null"));

        imported(csv("code,name", "a,A", "b,Other"), THINGS_MAPPING);
        assertEquals(List.of(List.of("b")), database.rows("select code from shop.things where updated_at is not null"));

        // What was a is b's neighbour now; the new a is somebody else's.
        database.update("update shop.things set code = 'renamed' where code = 'a'");
        database.update(
                "insert into shop.things (id, org_id, code, name) select gen_random_uuid(), org_id, 'a', 'A' from shop.things limit 1");
        JsonPath undone = Undos.undone(job.getString("jobId"));
        assertEquals(List.of("changed", "changed"), undone.getList("undo.kept.reason"));
        assertEquals(List.of(List.of("code"), List.of("name")), undone.getList("undo.kept.fields"));
        assertEquals(
                database.rows("select id::text from shop.things where code in ('renamed', 'b') order by id"),
                undone.getList("undo.kept.id").stream().map(List::of).toList());
        assertEquals(
                List.of(List.of("a"), List.of("b"), List.of("renamed")),
                database.rows("select code from shop.things order by code"));
    }

    private static final String THINGS_MAPPING = """
            {"target": "things", "fields": {"code": "code", "name": "name"}, "undoable": true}
            """;

    private void declareThings() {
        database.update("""
                create table shop.things (id uuid, org_id uuid, code text not null, name text,
                    updated_at timestamptz, primary key (id, org_id), unique (org_id, code))
                """);
        put("things", """
                {"name": "things", "table": "shop.things", "owner": {"organisation": "org_id"}, "key": ["code"],
                 "id": "id", "updatedAt": "updated_at",
                 "fields": [{"name": "code", "column": "code", "type": "text", "exact": true},
                            {"name": "name", "column": "name", "type": "text"}]}
                """).then().statusCode(201);
    }

    @Test
    void what_a_column_makes_of_a_value_is_undone() {
        database.update("""
                create table shop.prices (org_id uuid, code char(5), price numeric(10, 2), seen timestamptz(0), day time(0),
                    primary key (org_id, code))
                """);
        put("prices", """
                {"name": "prices", "table": "shop.prices", "owner": {"organisation": "org_id"}, "key": ["code"],
                 "fields": [{"name": "code", "column": "code", "type": "text", "maxLength": 5},
                            {"name": "price", "column": "price", "type": "decimal", "scale": 2},
                            {"name": "seen", "column": "seen", "type": "timestamp"},
                            {"name": "day", "column": "day", "type": "time"}]}
                """).then().statusCode(201);
        String mapping = """
                {"target": "prices", "fields": {"code": "code", "price": "price", "seen": "seen", "day": "day"}, "undoable": true}
                """;
        JsonPath job =
                imported(csv("code,price,seen,day", "a,13,2030-01-31T10:00:00.7Z,10:00:00.7", "b,1.5,,"), mapping);

        JsonPath undone = Undos.undone(job.getString("jobId"));

        assertEquals(2, undone.getInt("undo.undone"), undone::prettify);
        assertEquals(0, database.count("select count(*) from shop.prices"));
    }

    @Test
    void a_code_that_a_spreadsheet_has_rounded_is_rejected() {
        declareThings();
        JsonPath job = imported(csv("code,name", "4.00638E+12,Bread", "4006381333931,Pen"), THINGS_MAPPING);
        assertEquals("inserted 1, rejected 1", outcome(job));
        assertEquals(List.of(List.of("4006381333931")), database.rows("select code from shop.things"));
    }

    @NotOnCitus("the tables that refer to it are not distributed")
    @Test
    void an_undo_takes_no_rows_of_other_tables_with_it() {
        database.update("""
                create table shop.stock (org_id uuid not null, product_id bigint not null,
                    foreign key (org_id, product_id) references shop.products (org_id, id) on delete cascade)
                """);
        database.update("create table shop.sales (org_id uuid not null, product_id bigint not null,"
                + " foreign key (org_id, product_id) references shop.products (org_id, id))");
        JsonPath job = imported(csv("sku,price,status", "a,1,", "b,1,", "c,1,"), UNDOABLE);
        database.update("insert into shop.stock select org_id, id from shop.products where sku = 'A'");
        database.update("insert into shop.sales select org_id, id from shop.products where sku = 'B'");

        JsonPath undone = Undos.undone(job.getString("jobId"));

        assertEquals(1, undone.getInt("undo.undone"));
        assertEquals(List.of("referenced", "refused"), undone.getList("undo.kept.reason"));
        assertEquals(List.of(List.of("A"), List.of("B")), database.rows("select sku from shop.products order by sku"));
    }

    private static int unfit() {
        return RestAssured.get("/api/integrity")
                .jsonPath()
                .getInt("checks.find { it.name == 'declared-targets-fit' }.count");
    }

    private List<List<Object>> products() {
        return database.rows("select sku, coalesce(price::text, 'null'), status from shop.products order by sku");
    }
}
