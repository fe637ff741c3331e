package dev.importonce.target.declare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.importonce.json.StrictJson;
import dev.importonce.target.type.Normaliser.Refused;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A reference by several columns has a field for each of them in mappings, and one value in staging. */
class StagedValuesTest {
    private static final Declaration OFFERS = DeclarationReader.read(
                    StrictJson.parse("declaration", """
                    {"name": "offers", "table": "shop.offers", "owner": null, "key": ["supplier", "size"], "fields": [
                      {"name": "note", "column": "note", "type": "text"},
                      {"name": "size", "column": "size", "type": "decimal"},
                      {"name": "supplier", "column": "supplier_id", "type": "reference", "headers": ["Vendor"],
                       "references": {"table": "shop.suppliers", "match": ["code", "Land/ISO"], "owner": null}}]}
                    """.getBytes(StandardCharsets.UTF_8)))
            .declaration();

    @Test
    void a_mapping_has_a_field_for_each_column() {
        Target target = DeclaredTarget.of(OFFERS);
        assertEquals(
                List.of("supplier.code", "supplier.Land/ISO", "size", "note"),
                target.fields().stream().map(Field::name).toList());
        assertEquals(
                List.of("Vendor code", "supplier_id code"),
                target.fields().get(0).headers());
        assertEquals(3, target.keyFields());
        assertEquals(2, target.keyTexts());
        assertEquals(3, target.texts());
        assertEquals(
                List.of("supplier", "size", "note"),
                target.staged().stream().map(each -> each.field().name()).toList());
        assertThrows(TargetChanged.class, () -> DeclaredTarget.of(OFFERS, Set.of("supplier"), false));
    }

    @Test
    void their_values_are_one_array() throws Refused {
        assertArrayEquals(new String[] {"{\"A\",\"DE\"}", "1.5", "x"}, staged("A", "DE", "1.50", "x"));
        assertArrayEquals(
                new String[] {"{\"a,\\\"\\\\}{\",\"NULL\"}", "1", null}, staged("a,\"\\}{", "NULL", "1", null));
    }

    @Test
    void all_of_them_are_blank_or_none() throws Refused {
        assertArrayEquals(new String[] {null, "1", "x"}, staged(null, null, "1.0", "x"));
        Refused one = assertThrows(Refused.class, () -> staged("A", null, "1", "x"));
        assertEquals("supplier needs code, Land/ISO together, and Land/ISO is blank.", one.getMessage());
    }

    private static String[] staged(String... values) throws Refused {
        return DeclaredTarget.of(OFFERS).row().apply(values, new UUID(0, 1));
    }
}
