package dev.importonce.target.declare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.importonce.fixture.Tables;
import dev.importonce.target.declare.CatalogueColumn.Filling;
import dev.importonce.target.declare.CatalogueColumn.Privileges;
import dev.importonce.words.Sentence;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A draft of a declaration, from what the catalogue says. */
class DiscoveryTest {
    private static final CatalogueColumn ORG = column("org_id", "uuid", Filling.REQUIRED);
    private static final CatalogueColumn SKU =
            Tables.column("sku", "varchar", 64, -1, List.of(), Filling.REQUIRED, new Privileges(true, true, true));

    @Test
    void a_tables_columns_are_fields_with_what_is_known_of_them() throws Exception {
        CatalogueTable table = Tables.table(
                new TableName("public", "Alte Artikel"),
                CatalogueTable.Kind.TABLE,
                List.of(
                        column("id", "int8", Filling.IDENTITY),
                        ORG,
                        SKU,
                        Tables.column(
                                "price_net",
                                "numeric",
                                0,
                                2,
                                List.of(),
                                Filling.NULL,
                                new Privileges(true, true, true)),
                        column("status", "text", Filling.DEFAULT),
                        column("released_on", "date", Filling.NULL),
                        column("search", "tsvector", Filling.GENERATED),
                        column("place", "point", Filling.NULL)),
                List.of(List.of("id"), List.of("org_id", "sku")),
                List.of("by_lower_sku"),
                List.of(
                        "CHECK ((price_net >= (0)::numeric))",
                        "CHECK ((status = ANY (ARRAY['active'::text, 'retired'::text])))",
                        "CHECK ((sku <> ''::text))"));

        Discovery discovery = Discovery.of(table, name -> Optional.empty());

        assertEquals(new ObjectMapper().readTree("""
                {"name": "alte-artikel", "table": "public.\\"Alte Artikel\\"", "owner": {"organisation": "org_id"}, "key": ["sku"],
                 "fields": [
                   {"name": "sku", "column": "sku", "type": "text", "required": true, "maxLength": 64},
                   {"name": "priceNet", "column": "price_net", "type": "decimal", "scale": 2, "min": "0"},
                   {"name": "status", "column": "status", "type": "enum", "values": {"active": [], "retired": []}},
                   {"name": "releasedOn", "column": "released_on", "type": "date"}]}
                """), discovery.declaration());
        assertEquals(List.of(List.of("sku")), discovery.keyCandidates());
        assertEquals(
                List.of(
                        "The column place is of the type point, which no field can hold: it keeps its default.",
                        "The rows seem to belong to the organisation in org_id: correct this if they do not.",
                        "The database also checks (sku <> ''::text); rows that fail are rejected.",
                        "The unique index by_lower_sku cannot be the key; rows that it refuses are rejected."),
                discovery.notes().stream().map(Sentence::english).toList());
    }

    @Test
    void names_of_fields_differ_though_columns_look_alike() {
        List<CatalogueColumn> columns = List.of(
                column("Gr\u00f6\u00dfe", "text", Filling.NULL),
                column("first name", "text", Filling.NULL),
                column("first_name", "text", Filling.NULL),
                column("\u540d\u524d", "text", Filling.NULL),
                column("2nd", "text", Filling.NULL));
        Discovery discovery = Discovery.of(
                Tables.table(
                        new TableName("public", "\u8868"),
                        CatalogueTable.Kind.TABLE,
                        columns,
                        List.of(List.of("2nd")),
                        List.of(),
                        List.of()),
                name -> Optional.empty());

        assertEquals(
                List.of("grosse", "firstName", "firstName2", "field", "nd"),
                discovery.declaration().get("fields").findValuesAsText("name"));
        assertEquals("field", discovery.declaration().get("name").textValue());
        assertEquals(List.of(List.of("nd")), discovery.keyCandidates());
        assertTrue(discovery.declaration().get("owner").isNull());
    }

    @Test
    void without_a_unique_index_there_is_no_key() {
        Discovery discovery = Discovery.of(
                Tables.table(
                        new TableName("public", "t"),
                        CatalogueTable.Kind.TABLE,
                        List.of(ORG, SKU),
                        List.of(List.of("sku")),
                        List.of(),
                        List.of()),
                name -> Optional.empty());
        assertEquals(List.of(), discovery.keyCandidates());
        assertEquals(
                "No unique index can be the natural key: create one first.",
                discovery.notes().get(1).english());
    }

    private static CatalogueColumn column(String name, String type, Filling filling) {
        return Tables.column(name, type, 0, -1, List.of(), filling, new Privileges(true, true, true));
    }
}
