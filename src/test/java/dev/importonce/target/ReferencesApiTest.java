package dev.importonce.target;

import static dev.importonce.fixture.Declared.csv;
import static dev.importonce.fixture.Declared.foreseen;
import static dev.importonce.fixture.Declared.outcome;
import static dev.importonce.fixture.Declared.put;
import static dev.importonce.fixture.Declared.rejects;
import static dev.importonce.fixture.Imports.imported;
import static dev.importonce.fixture.Imports.preview;
import static dev.importonce.fixture.Imports.run;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.fixture.Undos;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows of another table that only several columns together name. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class ReferencesApiTest {
    private static final String ME = "00000000-0000-0000-0000-000000000001";
    private static final String PARTS = """
            {"name": "parts", "table": "shop.parts", "owner": {"organisation": "org_id"}, "key": ["no"], "fields": [
              {"name": "no", "column": "no", "type": "text"},
              {"name": "supplier", "column": "supplier_id", "type": "reference", "label": {"en": "Supplier", "de": "Lieferant"},
               "references": {"table": "shop.suppliers", "match": ["code", "Land/ISO"], "owner": {"organisation": "org_id"}}}]}
            """;
    private static final String MAPPING = """
            {"target": "parts", "undoable": true,
             "fields": {"no": "no", "supplier.code": "code", "supplier.Land/ISO": "country"}}
            """;

    Database database;

    @BeforeEach
    void a_shop_with_suppliers() {
        nothing_is_left();
        database.update("create schema shop");
        database.update("create extension citext");
        database.update("""
                create table shop.suppliers (id bigint generated always as identity, org_id uuid not null, code text not null,
                    "Land/ISO" citext not null, primary key (org_id, id), unique (org_id, code, "Land/ISO"))
                """);
        database.update("""
                create table shop.parts (org_id uuid not null, no text not null check (no <> 'bad'),
                    supplier_id bigint, unique (org_id, no),
                    foreign key (org_id, supplier_id) references shop.suppliers (org_id, id))
                """);
        for (String[] each : new String[][] {{"ACME", "DE"}, {"ACME", "FR"}, {"a,\"\\}{", "NULL"}})
            database.update(
                    "insert into shop.suppliers (org_id, code, \"Land/ISO\") values (?::uuid, ?, ?)",
                    ME,
                    each[0],
                    each[1]);
        database.update(
                "insert into shop.suppliers (org_id, code, \"Land/ISO\") values (gen_random_uuid(), 'OTHER', 'DE')");
        put("parts", PARTS).then().statusCode(201);
    }

    @AfterEach
    void nothing_is_left() {
        database.update("drop schema if exists shop cascade");
        database.update("drop extension if exists citext");
        database.update("delete from import_targets");
    }

    @Test
    void a_row_is_found_by_all_the_columns_together() {
        byte[] file = csv(
                "no,code,country",
                "1,ACME,DE",
                "2,ACME,fr",
                "3,,",
                "4,ACME,IT",
                "5,OTHER,DE",
                "6,ACME,",
                "7,\"a,\"\"\\}{\",null",
                "8,, DE");

        assertEquals("inserted 4, rejected 4", foreseen(preview(file, MAPPING)));
        JsonPath job = imported(file, MAPPING);

        assertEquals("inserted 4, rejected 4", outcome(job));
        String none = ": supplier names no row of shop.suppliers by code, Land/ISO.";
        assertEquals(
                List.of(
                        "5" + none,
                        "6" + none,
                        "7: supplier needs code, Land/ISO together, and Land/ISO is blank.",
                        "9: supplier needs code, Land/ISO together, and code is blank."),
                rejects(job));
        List<List<Object>> stored = List.of(
                List.of("1", "ACME DE"), List.of("2", "ACME FR"), List.of("3", "-"), List.of("7", "a,\"\\}{ NULL"));
        assertEquals(stored, parts());
        assertEquals("unchanged 4, rejected 4", outcome(imported(file, MAPPING)));
        JsonPath other = imported(csv("no,code,country", "1,ACME,FR", "2,,"), MAPPING);
        assertEquals("updated 1, unchanged 1", outcome(other));
        Undos.undone(other.getString("jobId"));
        assertEquals(stored, parts());
    }

    @Test
    void a_share_that_the_table_refuses_in_part_finds_them_too() {
        JsonPath job = imported(csv("no,code,country", "1,ACME,DE", "bad,ACME,DE", "3,ACME,FR", "4,ACME,IT"), MAPPING);
        assertEquals("inserted 2, rejected 2", outcome(job));
        assertEquals(List.of(List.of("1", "ACME DE"), List.of("3", "ACME FR")), parts());
    }

    @Test
    void such_a_reference_may_be_a_part_of_the_key() {
        database.update("""
                create table shop.offers (org_id uuid not null, supplier_id bigint not null,
                    foreign key (org_id, supplier_id) references shop.suppliers (org_id, id), n int not null,
                    price int check (price > 0), unique (org_id, supplier_id, n))
                """);
        put("offers", """
                {"name": "offers", "table": "shop.offers", "owner": {"organisation": "org_id"}, "key": ["supplier", "n"], "fields": [
                  {"name": "price", "column": "price", "type": "integer"},
                  {"name": "n", "column": "n", "type": "integer"},
                  {"name": "supplier", "column": "supplier_id", "type": "reference",
                   "references": {"table": "shop.suppliers", "match": ["code", "Land/ISO"], "owner": {"organisation": "org_id"}}}]}
                """).then().statusCode(201);
        String mapping = """
                {"target": "offers", "undoable": true,
                 "fields": {"n": "n", "price": "price", "supplier.code": "code", "supplier.Land/ISO": "country"}}
                """;
        byte[] file = csv(
                "code,country,n,price",
                "ACME,DE,1,10",
                "ACME,FR,1,20",
                "ACME,de,1,30",
                "ACME,FR,2,0",
                "ACME,IT,1,40",
                ",DE,1,50");

        assertEquals("inserted 2, overridden 1, rejected 3", foreseen(preview(file, mapping)));
        JsonPath job = imported(file, mapping);

        assertEquals("inserted 2, overridden 1, rejected 3", outcome(job), job::prettify);
        assertEquals(
                List.of(
                        "5: The table's check refuses it (offers_price_check on price).",
                        "6: supplier names no row of shop.suppliers by code, Land/ISO.",
                        "7: code is blank."),
                rejects(job));
        assertEquals(List.of(List.of("DE", 30), List.of("FR", 20)), database.rows("""
                        select "Land/ISO"::text, price from shop.offers o join shop.suppliers s on s.org_id = o.org_id and s.id = supplier_id order by 1
                        """));
        assertEquals("unchanged 2, overridden 1, rejected 3", outcome(imported(file, mapping)));
        Undos.undone(job.getString("jobId"));
        assertEquals(0, database.count("select count(*) from shop.offers"));
    }

    @Test
    void a_mapping_has_all_of_its_columns_or_none() {
        byte[] file = csv("no,code,country", "1,ACME,DE");
        Response one = run(file, "{\"target\": \"parts\", \"fields\": {\"no\": \"no\", \"supplier.code\": \"code\"}}");
        assertEquals(422, one.statusCode());
        assertEquals(List.of("/fields/supplier.Land~1ISO"), one.jsonPath().getList("errors.pointer"));
        assertEquals(
                "Map supplier.Land/ISO, too: a row is found by all of supplier.code, supplier.Land/ISO.",
                one.jsonPath().getString("errors[0].detail"));
        Response whole = run(file, "{\"target\": \"parts\", \"fields\": {\"no\": \"no\", \"supplier\": \"code\"}}");
        assertEquals(List.of("/fields/supplier"), whole.jsonPath().getList("errors.pointer"));
        assertEquals("inserted 1", outcome(imported(file, "{\"target\": \"parts\", \"fields\": {\"no\": \"no\"}}")));
    }

    @Test
    void clients_see_a_field_for_each_of_the_columns() {
        JsonPath view = given().get("/api/targets/parts").jsonPath();
        assertEquals(List.of("no", "supplier.code", "supplier.Land/ISO"), view.getList("fields.name"));
        assertEquals(Map.of("en", "Supplier (code)", "de", "Lieferant (code)"), view.getMap("fields[1].label"));
        assertEquals(
                "\uFEFFno,supplier.code,supplier.Land/ISO\r\n",
                given().get("/api/targets/parts/template").asString());
        JsonPath draft = given().contentType("application/json")
                .body("{\"table\": \"shop.parts\"}")
                .post("/api/targets/discover")
                .jsonPath();
        assertEquals(
                List.of("code", "Land/ISO"),
                draft.getList("declaration.fields.find { it.column == 'supplier_id' }.references.match"));
        assertEquals(
                Map.of(
                        "no", "No",
                        "supplier.code", "Lieferant code",
                        "supplier.Land/ISO", "Lieferant Land/ISO"),
                suggested(csv("No,Lieferant code,Lieferant Land/ISO", "1,ACME,DE")));
        assertEquals(Map.of("no", "No"), suggested(csv("No,Lieferant code", "1,ACME")));
    }

    @Test
    void the_columns_must_be_a_unique_key_of_the_owner() {
        Response answer = put("parts", PARTS.replace("\"code\", \"Land/ISO\"", "\"code\", \"id\", \"absent\""));
        assertEquals(422, answer.statusCode());
        assertEquals(
                List.of("/fields/1/references/match", "/fields/1/references/match"),
                answer.jsonPath().getList("errors.pointer"));
    }

    /** What a preview without a mapping suggests. */
    private static Map<String, String> suggested(byte[] file) {
        return given().multiPart("file", "f.csv", file, "text/csv")
                .post("/api/migrations/preview")
                .jsonPath()
                .getMap("suggestedMappings.find { it.target == 'parts' }.fields");
    }

    private List<List<Object>> parts() {
        return database.rows("""
                select no, coalesce(code || ' ' || "Land/ISO"::text, '-') from shop.parts p left join shop.suppliers s on s.org_id = p.org_id and s.id = supplier_id order by 1
                """);
    }
}
