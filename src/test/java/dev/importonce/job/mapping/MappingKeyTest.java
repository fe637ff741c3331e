package dev.importonce.job.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.importonce.fixture.Mappings;
import dev.importonce.identity.Caller;
import dev.importonce.json.StrictJson;
import dev.importonce.key.BaseKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Which requests are the same import: from the JSON of a mapping to the base key. */
class MappingKeyTest {
    private static final byte[] FILE = "email\na@b.de\n".getBytes(StandardCharsets.UTF_8);
    private static final UUID USER = Mappings.CALLER.userId();

    /** A mapping by what it means; null is not said. */
    record Meaning(String email, String company, String unmapped, String onExisting, String delimiter, UUID orgId) {
        String json() {
            ObjectNode json = JsonNodeFactory.instance.objectNode().put("target", "contacts");
            ObjectNode fields = json.putObject("fields").put("email", email);
            if (company != null) fields.put("company", company);
            if (unmapped != null) json.put("unmapped", unmapped);
            if (onExisting != null) json.put("onExisting", onExisting);
            if (delimiter != null) json.putObject("format").put("delimiter", delimiter);
            if (orgId != null) json.put("orgId", orgId.toString());
            return json.toString();
        }

        Meaning resolved() {
            return new Meaning(
                    email,
                    company,
                    unmapped == null ? "ignore" : unmapped,
                    onExisting == null ? "update" : onExisting,
                    delimiter,
                    orgId == null ? Mappings.ORG : orgId);
        }
    }

    /** The other one shares what {@code shared} has a bit for: pairs that differ in nothing or in one thing are common. */
    @Property(tries = 1000)
    void two_mappings_have_one_key_exactly_when_they_mean_the_same(
            @ForAll("meanings") Meaning one,
            @ForAll("meanings") Meaning another,
            @ForAll @IntRange(max = 63) int shared) {
        Meaning other = new Meaning(
                (shared & 1) > 0 ? one.email : another.email,
                (shared & 2) > 0 ? one.company : another.company,
                (shared & 4) > 0 ? one.unmapped : another.unmapped,
                (shared & 8) > 0 ? one.onExisting : another.onExisting,
                (shared & 16) > 0 ? one.delimiter : another.delimiter,
                (shared & 32) > 0 ? one.orgId : another.orgId);
        assertEquals(
                one.resolved().equals(other.resolved()),
                key(one.json()).equals(key(other.json())),
                () -> one.json() + " and " + other.json());
    }

    @Property(tries = 500)
    void the_order_of_keys_and_white_space_make_no_difference(
            @ForAll("meanings") Meaning meaning, @ForAll Random random) {
        String respelled = respell(StrictJson.parse("mapping", bytes(meaning.json())), random);

        assertEquals(key(meaning.json()), key(respelled), respelled);
    }

    @Example
    void escapes_and_the_composition_of_letters_make_no_difference() {
        BaseKey key = key("{\"target\":\"contacts\",\"fields\":{\"email\":\"M\u00e9l/\"}}");

        assertEquals(key, key("{\"target\":\"contacts\",\"fields\":{\"email\":\"Me\u0301l/\"}}"));
        assertEquals(key, key("{\"t\\u0061rget\":\"contacts\",\"fields\":{\"email\":\"M\\u00E9l\\/\"}}"));
    }

    @Example
    void what_is_said_makes_no_difference_to_what_is_filled_in() {
        BaseKey key = key("{\"target\":\"contacts\",\"fields\":{\"email\":\"E\"}}");

        assertEquals(
                key,
                key(
                        "{\"target\":\"contacts\",\"fields\":{\"email\":\"E\"},\"orgId\":\"" + Mappings.ORG
                                + "\",\"unmapped\":\"ignore\",\"onExisting\":\"update\",\"onBlank\":\"keep\",\"undoable\":false,\"format\":{},\"values\":{},\"dates\":{}}"));
        assertEquals(key, key("{\"target\":\"contacts\",\"fields\":{\"email\":\"E\"},\"values\":{\"email\":{}}}"));
    }

    /** Jobs that run while a new version is installed are found by it. */
    @Example
    void a_mapping_has_the_key_that_it_had_in_every_version_before() {
        assertEquals(
                "v1:b22d017c977c64b055cea3af1c8f5b47e8c76c182ce58cc11ac7a7d1383ab71b",
                key("{\"target\":\"contacts\",\"fields\":{\"email\":\"E\",\"company\":\"C\"},\"format\":{\"delimiter\":\";\"}}")
                        .value());
    }

    @Example
    void values_are_compared_as_cells_are() {
        BaseKey key = key(valued("{\"email\":{\"\\u00e9\":\"\",\"x\":\"y\"}}"));

        assertEquals(key, key(valued("{\"email\":{\" x\":\"y \",\"e\\u0301\\u00a0\":\" \"},\"company\":{}}")));
        assertNotEquals(key, key(valued("{\"email\":{\"\\u00e9\":\"\",\"X\":\"y\"}}")));
        assertNotEquals(key, key(valued("{\"company\":{\"\\u00e9\":\"\",\"x\":\"y\"}}")));
    }

    private static String valued(String values) {
        return "{\"target\":\"contacts\",\"fields\":{\"email\":\"E\",\"company\":\"C\"},\"values\":" + values + "}";
    }

    @Example
    void every_property_makes_a_difference() {
        String least = "{\"target\":\"contacts\",\"fields\":{\"email\":\"E\"}";
        List<BaseKey> keys = new ArrayList<>();
        for (String more : List.of(
                "",
                "\"orgId\":\"" + Mappings.OTHER_ORG + "\"",
                "\"unmapped\":\"attributes\"",
                "\"onExisting\":\"fill\"",
                "\"onExisting\":\"skip\"",
                "\"onBlank\":\"clear\"",
                "\"values\":{\"email\":{\"NULL\":\"\"}}",
                "\"values\":{\"email\":{\"NULL\":\"x\"}}",
                "\"values\":{\"email\":{\"null\":\"\"}}",
                "\"values\":{\"email\":{\"\":\"NULL\"}}",
                "\"numbers\":{\"decimal\":\".\"}",
                "\"numbers\":{\"decimal\":\",\"}",
                "\"dates\":{\"order\":\"dmy\"}",
                "\"dates\":{\"order\":\"mdy\"}",
                "\"dates\":{\"zone\":\"Europe/Berlin\"}",
                "\"dates\":{\"order\":\"dmy\",\"zone\":\"Europe/Berlin\"}",
                "\"format\":{\"delimiter\":\",\"}",
                "\"format\":{\"delimiter\":\"|\"}",
                "\"format\":{\"type\":\"csv\"}",
                "\"format\":{\"encoding\":\"utf-8\"}")) keys.add(key(least + (more.isEmpty() ? "" : ",") + more + "}"));

        assertEquals(keys.size(), keys.stream().distinct().count());
    }

    @Example
    void another_user_of_the_same_organisation_makes_another_key() {
        UUID colleague = new UUID(0, 2);
        byte[] json = bytes("{\"target\":\"contacts\",\"fields\":{\"email\":\"E\"}}");
        Mapping mapping = Mappings.READER.read(new Caller(colleague, Mappings.ORG, Set.of(), false), json, true);

        assertEquals(mapping, Mappings.READER.read(Mappings.CALLER, json, true));
        assertNotEquals(Mappings.key(colleague, mapping, FILE), Mappings.key(USER, mapping, FILE));
    }

    @Property(tries = 300)
    void any_other_byte_of_the_file_makes_another_key(@ForAll byte[] file, @ForAll byte[] other) {
        Mapping mapping = Mappings.read("{\"target\":\"contacts\",\"fields\":{\"email\":\"E\"}}");

        assertEquals(
                Arrays.equals(file, other),
                Mappings.key(USER, mapping, file).equals(Mappings.key(USER, mapping, other)));
        assertNotEquals(
                Mappings.key(USER, mapping, file), Mappings.key(USER, mapping, Arrays.copyOf(file, file.length + 1)));
    }

    /** Headers whose concatenations are often equal, and some that look like the JSON around them. */
    @Provide
    Arbitrary<Meaning> meanings() {
        Arbitrary<String> headers = Arbitraries.of(
                "a", "ab", "abc", "bc", "c", "a\",\"company\":\"b", "b", "a\\", "\\", "\"", "a,b", "\u00e9", "E", "e");
        Arbitrary<UUID> orgs = Arbitraries.of(Mappings.ORG, Mappings.OTHER_ORG);
        return Combinators.combine(
                        headers,
                        headers.injectNull(0.3),
                        Arbitraries.of("ignore", "attributes").injectNull(0.5),
                        Arbitraries.of("update", "fill").injectNull(0.5),
                        Arbitraries.of(",", ";").injectNull(0.7),
                        orgs.injectNull(0.5))
                .as(Meaning::new);
    }

    private static BaseKey key(String json) {
        return Mappings.key(USER, Mappings.read(json), FILE);
    }

    private static String respell(JsonNode node, Random random) {
        if (!node.isObject()) return node.toString();
        List<Map.Entry<String, JsonNode>> properties = new ArrayList<>(node.properties());
        Collections.shuffle(properties, random);
        StringBuilder json = new StringBuilder("{").append(space(random));
        for (Map.Entry<String, JsonNode> property : properties) {
            if (json.indexOf(":") >= 0) json.append(',').append(space(random));
            json.append(JsonNodeFactory.instance.textNode(property.getKey())).append(space(random));
            json.append(':').append(space(random)).append(respell(property.getValue(), random));
        }
        return json.append(space(random)).append('}').toString();
    }

    private static String space(Random random) {
        return List.of("", " ", "\t", "\r\n", "\n  ").get(random.nextInt(5));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
