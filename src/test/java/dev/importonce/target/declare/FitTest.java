package dev.importonce.target.declare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Tables;
import dev.importonce.json.StrictJson;
import dev.importonce.target.declare.CatalogueColumn.Filling;
import dev.importonce.target.declare.CatalogueColumn.Privileges;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Declarations beside the tables that they are for. */
class FitTest {
    private static final String PRODUCTS = """
            {"name": "products", "table": "public.products", "owner": {"organisation": "org_id"}, "key": ["sku"],
             "attributes": "extra",
             "fields": [{"name": "sku", "column": "sku", "type": "text"},
                        {"name": "price", "column": "price", "type": "decimal"},
                        {"name": "state", "column": "state", "type": "enum", "values": {"new": [], "used": []}}]}
            """;

    private final List<CatalogueColumn> columns = new ArrayList<>(List.of(
            column("id", "int8", Filling.IDENTITY),
            column("org_id", "uuid", Filling.REQUIRED),
            column("sku", "varchar", Filling.REQUIRED),
            column("price", "numeric", Filling.NULL),
            Tables.column("state", "state", 0, -1, List.of("new", "used"), Filling.DEFAULT, ALL),
            column("extra", "jsonb", Filling.NULL),
            column("twice", "numeric", Filling.GENERATED),
            column("rank", "int4", Filling.NULL),
            column("code", "uuid", Filling.NULL)));
    private static final Privileges ALL = new Privileges(true, true, true);

    private CatalogueTable.Kind kind = CatalogueTable.Kind.TABLE;
    private List<List<String>> keys = List.of(List.of("id"), List.of("sku", "org_id"));

    @Test
    void a_table_that_is_as_declared_fits() {
        assertEquals(List.of(), faults(PRODUCTS));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"org_id\"                       | \"tenant\"   | /owner: The table has no column \"tenant\".",
                "\"org_id\"                       | \"sku2\"     | /owner: The table has no column",
                "\"org_id\"                       | \"rank\"     | /owner: The column \"rank\" is not of the type uuid.",
                "\"extra\"                        | \"more\"     | /attributes: The table has no column \"more\".",
                "\"extra\"                        | \"rank\"     | /attributes: The column \"rank\" is not of the type jsonb.",
                "\"extra\"                        | \"extra\", \"id\": \"number\"      | /id: The table has no column \"number\".",
                "\"extra\"                        | \"extra\", \"id\": \"rank\"        | /id: The column \"rank\" is not of the type uuid.",
                "\"extra\"                        | \"extra\", \"id\": \"code\"        | /id: No unique index of the table begins with the column \"code\".",
                "\"extra\"                        | \"extra\", \"updatedAt\": \"rank\" | /updatedAt: The column \"rank\" is not of the type timestamptz.",
                "\"column\": \"price\"            | \"column\": \"cost\"  | /fields/1/column: The table has no column \"cost\".",
                "\"column\": \"price\"            | \"column\": \"twice\" | /fields/1/column: The database computes",
                "\"column\": \"price\"            | \"column\": \"Price\" | /fields/1/column: The table has no column \"Price\".",
                "\"type\": \"decimal\"            | \"type\": \"date\"    | /fields/1/type: The column \"price\" is of the type numeric, which holds no date.",
                "\"used\": []                     | \"old\": []           | /fields/2/values: The type state of the column has no value old.",
                "[\"sku\"]                        | [\"sku\", \"price\"]  | /key: No unique index of the table has exactly the columns org_id, price, sku.",
                "{\"organisation\": \"org_id\"}   | null                  | /key: No unique index of the table has exactly the columns sku.",
            })
    void what_does_not_fit_is_said_with_its_place(String declared, String instead, String fault) {
        List<String> faults = faults(PRODUCTS.replace(declared, instead));
        assertTrue(faults.stream().anyMatch(each -> each.startsWith(fault)), faults::toString);
    }

    @Test
    void a_column_that_needs_a_value_must_get_one() {
        columns.add(column("weight", "numeric", Filling.REQUIRED));
        assertEquals(
                List.of("/fields: The column \"weight\" needs a value in each row, and no field fills it."),
                faults(PRODUCTS));
    }

    @Test
    void the_service_may_read_and_write_what_it_fills() {
        columns.set(
                3,
                Tables.column("price", "numeric", 0, -1, List.of(), Filling.NULL, new Privileges(true, true, false)));
        columns.set(
                7, Tables.column("rank", "int4", 0, -1, List.of(), Filling.NULL, new Privileges(false, false, false)));
        assertEquals(
                List.of(
                        "/table: The service may not update the column price. Let the table's owner run: grant update on"
                                + " public.products to importonce; (supabase-compat/allow_target.sql does it, and adds a policy where"
                                + " one is needed.)"),
                faults(PRODUCTS));
    }

    @Test
    void a_view_is_no_target() {
        kind = CatalogueTable.Kind.VIEW;
        assertTrue(Fit.refusal(table()).english().startsWith("This is a view"));
    }

    @Test
    void an_index_that_cannot_be_a_key_is_named() {
        keys = List.of();
        assertTrue(faults(PRODUCTS).get(0).endsWith(" or not on all rows: by_lower_sku."));
    }

    @Test
    void schemas_of_the_system_are_known() {
        for (String schema : List.of("pg_catalog", "pg_temp_3", "information_schema", "auth", "storage"))
            assertTrue(Fit.isSystem(schema), schema);
        assertFalse(Fit.isSystem("public"));
    }

    private List<String> faults(String document) {
        DeclarationReader.Outcome read =
                DeclarationReader.read(StrictJson.parse("declaration", document.getBytes(StandardCharsets.UTF_8)));
        assertEquals(List.of(), read.faults());

        return Fit.faults(read.declaration(), table()).stream()
                .map(fault -> fault.pointer() + ": " + fault.detail())
                .toList();
    }

    private CatalogueTable table() {
        return Tables.table(
                new TableName("public", "products"), kind, columns, keys, List.of("by_lower_sku"), List.of());
    }

    private static CatalogueColumn column(String name, String type, Filling filling) {
        return Tables.column(name, type, 0, -1, List.of(), filling, ALL);
    }
}
