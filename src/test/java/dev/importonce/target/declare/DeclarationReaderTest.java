package dev.importonce.target.declare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.importonce.json.StrictJson;
import dev.importonce.problem.Fault;
import dev.importonce.target.type.Normaliser.Refused;
import dev.importonce.words.Sentence;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeclarationReaderTest {
    private static final String SKU = "{\"name\": \"sku\", \"column\": \"sku\", \"type\": \"text\"}";

    @Test
    void a_declaration_says_what_a_table_takes() throws Refused {
        Declaration products = read("""
                { "name": "products", "label": {"en": "Products", "de": "Produkte"}, "table": "public.products",
                  "owner": {"organisation": "org_id"}, "key": ["sku"], "attributes": "extra",
                  "fields": [
                    {"name": "sku", "column": "sku", "type": "text", "maxLength": 64, "normalise": ["upper"],
                     "headers": ["Artikelnummer", "Item no"]},
                    {"name": "price", "column": "price", "type": "decimal", "scale": 2, "min": "0"},
                    {"name": "status", "column": "status", "type": "enum",
                     "values": {"active": ["aktiv", "yes"], "retired": ["inaktiv"]}, "default": "aktiv"},
                    {"name": "contact", "column": "contact", "type": "email"},
                    {"name": "hotline", "column": "hotline", "type": "phone", "region": "DE"},
                    {"name": "releasedOn", "column": "released_on", "type": "date", "max": "2099-12-31"},
                    {"name": "supplier", "column": "supplier_id", "type": "reference", "references":
                     {"table": "public.suppliers", "match": ["code"], "owner": {"organisation": "org_id"}}} ] }
                """);

        assertEquals("products", products.name());
        assertEquals(Map.of("en", "Products", "de", "Produkte"), products.label());
        assertEquals(new Owner(Owner.Kind.ORGANISATION, "org_id"), products.owner());
        assertEquals(List.of("sku"), products.key());
        assertEquals("extra", products.attributes());
        assertEquals("A1", parsed(products, "sku", "a1"));
        assertEquals(64, products.field("sku").orElseThrow().field().maxLength());
        assertEquals("19.90", parsed(products, "price", "19,90"));
        assertEquals("retired", parsed(products, "status", "Inaktiv"));
        assertEquals("active", products.field("status").orElseThrow().byDefault());
        assertEquals("ann@example.com", parsed(products, "contact", "Ann <Ann@Example.com>"));
        assertEquals("+4930901820", parsed(products, "hotline", "030 901820"));
        assertEquals("DE", products.field("hotline").orElseThrow().rules().region());
        assertEquals("2026-03-04", parsed(products, "releasedOn", "4 March 2026"));
        assertThrows(Refused.class, () -> parsed(products, "releasedOn", "2100-01-01"));
        assertEquals(
                new Reference("public.suppliers", List.of("code"), new Owner(Owner.Kind.ORGANISATION, "org_id")),
                products.field("supplier").orElseThrow().reference());
    }

    @Test
    void rows_may_belong_to_nobody_if_it_is_said() {
        assertNull(read(document("null", SKU)).owner());
        assertFaults(
                "/owner: Say whom the rows belong to",
                "{\"name\":\"t\",\"table\":\"a.b\",\"key\":[\"sku\"],\"fields\":[" + SKU + "]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            quoteCharacter = '~',
            value = {
                "{\"name\":\"1x\",\"column\":\"c\",\"type\":\"text\"}                     > /fields/1/name",
                "{\"name\":\"sku\",\"column\":\"c\",\"type\":\"text\"}                    > /fields/1/name",
                "{\"name\":\"x\",\"type\":\"text\"}                                       > /fields/1/column",
                "{\"name\":\"x\",\"column\":\"c\"}                                        > /fields/1/type",
                "{\"name\":\"x\",\"column\":\"c\",\"type\":\"money\"}                     > /fields/1/type",
                "{\"name\":\"x\",\"column\":\"sku\",\"type\":\"text\"}                    > /fields",
                "{\"name\":\"x\",\"column\":\"org_id\",\"type\":\"text\"}                 > /fields",
                "{\"name\":\"x\",\"column\":\"c\",\"type\":\"text\",\"min\":1}            > /fields/1/min",
                "{\"name\":\"x\",\"column\":\"c\",\"type\":\"text\",\"pattern\":\"(\"}    > /fields/1/pattern",
                "{\"name\":\"x\",\"column\":\"c\",\"type\":\"text\",\"maxLength\":0}      > /fields/1/maxLength",
                "{\"name\":\"x\",\"column\":\"c\",\"type\":\"text\",\"normalise\":[\"x\"]} > /fields/1/normalise",
                "{\"name\":\"x\",\"column\":\"c\",\"type\":\"integer\",\"min\":\"1.5\"}   > /fields/1/min",
                "{\"name\":\"x\",\"column\":\"c\",\"type\":\"integer\",\"default\":\"a\"} > /fields/1/default",
                "{\"name\":\"x\",\"column\":\"c\",\"type\":\"decimal\",\"scale\":-1}      > /fields/1/scale",
                "{\"name\":\"x\",\"column\":\"c\",\"type\":\"date\",\"max\":\"31.12.26\"} > /fields/1/max",
                "{\"name\":\"x\",\"column\":\"c\",\"type\":\"enum\"}                      > /fields/1/values",
                "{\"name\":\"x\",\"column\":\"c\",\"type\":\"enum\",\"values\":{\"a\":[\"z\"],\"b\":[\"Z\"]}} > /fields/1/values",
                "{\"name\":\"x\",\"column\":\"c\",\"type\":\"list\",\"separator\":\"\"}   > /fields/1/separator",
                "{\"name\":\"x\",\"column\":\"c\",\"type\":\"phone\",\"region\":\"de\"}    > /fields/1/region",
                "{\"name\":\"x\",\"column\":\"c\",\"type\":\"phone\",\"region\":\"001\"}   > /fields/1/region",
                "{\"name\":\"x\",\"column\":\"c\",\"type\":\"text\",\"region\":\"DE\"}     > /fields/1/region",
                "{\"name\":\"x\",\"column\":\"c\",\"type\":\"phone\",\"default\":\"030 1\"} > /fields/1/default",
                "{\"name\":\"x\",\"column\":\"c\",\"type\":\"reference\"}                 > /fields/1/references",
                "{\"name\":\"x\",\"column\":\"c\",\"type\":\"text\",\"label\":{\"English\":\"X\"}} > /fields/1/label/English",
                "{\"name\":\"x\",\"column\":\"c\",\"type\":\"text\",\"required\":\"yes\"} > /fields/1/required",
                "{\"name\":\"x\",\"column\":\"c\",\"type\":\"reference\",\"references\":{\"table\":\"a.b\",\"match\":[],\"owner\":null}} > /fields/1/references/match",
                "{\"name\":\"x\",\"column\":\"c\",\"type\":\"reference\",\"references\":{\"table\":\"a.b\",\"match\":[\"d\",\"d\"],\"owner\":null}} > /fields/1/references/match",
                "{\"name\":\"x\",\"column\":\"c\",\"type\":\"reference\",\"example\":\"e\",\"references\":{\"table\":\"a.b\",\"match\":[\"d\",\"e\"],\"owner\":null}} > /fields/1/example",
                "1                                                                        > /fields/1",
            })
    void a_field_that_cannot_be_is_refused_with_its_place(String field, String pointer) {
        assertFaults(pointer + ":", document("{\"organisation\":\"org_id\"}", SKU + "," + field));
    }

    @Test
    void every_fault_is_told_at_once() {
        List<Fault> refused = outcome("""
                {"name": "Products", "owner": {"team": "id"}, "key": ["a", "a"], "fields": [], "colour": "red"}
                """).faults();
        assertEquals(
                List.of("/colour", "/name", "/table", "/owner/team", "/owner", "/fields", "/key"),
                refused.stream().map(fault -> fault.pointer()).toList());
    }

    @Test
    void what_is_no_object_is_no_declaration() {
        assertEquals(
                List.of(Fault.at("", Sentence.of("declaration-must-be-object"))),
                outcome("[]").faults());
    }

    @Test
    void a_table_has_no_more_fields_than_its_limit() {
        String many = IntStream.range(0, 201)
                .mapToObj(i -> SKU.replace("sku", "f" + i))
                .collect(Collectors.joining(","));
        assertFaults("/fields: fields must be a list of 1 to 200 objects.", document("null", many));
    }

    private static String document(String owner, String fields) {
        return "{\"name\":\"t\",\"table\":\"a.b\",\"owner\":" + owner + ",\"key\":[\"sku\"],\"fields\":[" + fields
                + "]}";
    }

    private static void assertFaults(String fault, String document) {
        List<Fault> refused = outcome(document).faults();
        List<String> faults = refused.stream()
                .map(each -> each.pointer() + ": " + each.detail())
                .toList();
        assertEquals(1, faults.stream().filter(each -> each.startsWith(fault)).count(), faults::toString);
    }

    private static String parsed(Declaration declaration, String field, String value) throws Refused {
        return declaration.field(field).orElseThrow().field().normaliser().normalise(value);
    }

    private static Declaration read(String document) {
        DeclarationReader.Outcome outcome = outcome(document);
        assertEquals(List.of(), outcome.faults());
        return outcome.declaration();
    }

    private static DeclarationReader.Outcome outcome(String document) {
        return DeclarationReader.read(StrictJson.parse("declaration", document.getBytes(StandardCharsets.UTF_8)));
    }
}
