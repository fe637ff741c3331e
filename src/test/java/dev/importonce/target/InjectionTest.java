package dev.importonce.target;

import static dev.importonce.fixture.Declared.foreseen;
import static dev.importonce.fixture.Declared.outcome;
import static dev.importonce.fixture.Declared.put;
import static dev.importonce.fixture.Imports.ended;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.importonce.fixture.Database;
import dev.importonce.fixture.LoggedStatements;
import dev.importonce.fixture.Undos;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Names, declarations and files that are made of SQL, and every statement that the service sends for them, as the server has
 * logged it. All of them have the mark {@code zq}, which is in no statement of the service's own.
 */
@QuarkusTest
@QuarkusTestResource(value = LoggedStatements.class, restrictToAnnotatedClass = true)
class InjectionTest {
    private static final String MARK = "zq";

    private static final String SCHEMA = "zq1 \"; drop table canary; --";
    private static final String TABLE = "zq2 '; drop table canary; /* {table} ?";
    private static final String OWNER = "zq3 $$; drop table canary; $$ \u00fc\uD83E\uDDC0";
    private static final String KEY = "zq4 \"\" ' \\ ? :x";
    private static final String TEXT = "zq5 \"), (select 1)) --";
    private static final String CHOICE = "zq6 /* */ {keys} %s $1";
    private static final String LINK = "zq7 \\\" ; --";
    private static final String ATTRIBUTES = "zq8 ')::jsonb";
    private static final String TYPE = "zq9 \"; type";
    private static final String OTHER = "zq10 \";select'";
    private static final String MATCH = "zq11 '\" ;";
    private static final String CHILD = "zq12 \"child";
    private static final String PARENT = "zq13 --";
    private static final String ID = "zq14 {id}";
    private static final String COLLATION = "zq15 \"; collation";
    private static final String FILLED = "zq16 '?'";

    /** Names that statements need not have. */
    private static final String CHECK = "zq17 \"check; --";

    private static final String UNIQUE = "zq18 \"unique' --";

    /** A default that the table has, as PostgreSQL writes it: the only text of others in a statement. */
    private static final String BY_DEFAULT = "'zq19 ''; drop table canary; -- ? {table}'::text";

    private static final List<String> NAMES = List.of(
            SCHEMA,
            TABLE,
            OWNER,
            KEY,
            TEXT,
            CHOICE,
            LINK,
            ATTRIBUTES,
            TYPE,
            OTHER,
            MATCH,
            CHILD,
            PARENT,
            ID,
            COLLATION,
            FILLED);

    private static final String FIRST = "zq20'; drop table canary; --";
    private static final String SECOND = "zq21\"; $$ {table} ? %s";
    private static final String THIRD = "zq22 \\ ' || (select 1) || '";
    private static final String ACTIVE = "zq23'; drop table canary; --";
    private static final String RETIRED = "zq24 \" label";
    private static final String ALIAS = "zq25 ' or 1=1 --";
    private static final String DEFAULT = "zq26'; drop table canary; -- default";
    private static final String NAMED = "zq27'; drop table canary; -- supplier";
    private static final String REFUSED = "zq28 '; refused";
    private static final String HEADER = "zq29'; -- header";
    private static final String MORE = "zq30'}'; -- attribute";
    private static final String OWN = "00000000-0000-0000-0000-000000000001";

    private static final ObjectMapper JSON = new ObjectMapper();

    LoggedStatements statements;
    Database database;

    @Test
    void nothing_from_outside_becomes_a_part_of_a_statement() {
        tables();
        String mark = statements.mark();

        used();

        List<String> sent = statements.since(mark);
        assertEquals(List.of(), sent.stream().filter(InjectionTest::leaks).toList());
        for (String name : NAMES)
            assertTrue(sent.stream().anyMatch(statement -> statement.contains(quoted(name))), name);
        assertTrue(sent.stream().anyMatch(statement -> statement.contains(BY_DEFAULT)));
        assertEquals(1, database.count("select count(*) from canary"));
    }

    /** Whether a statement has the mark anywhere but in a name, as PostgreSQL quotes it. */
    private static boolean leaks(String statement) {
        String rest = statement.replace(BY_DEFAULT, "");
        for (String name : NAMES) rest = rest.replace(quoted(name), "");
        return rest.toLowerCase(Locale.ROOT).contains(MARK);
    }

    private void used() {
        assertEquals(
                200,
                given().contentType("application/json")
                        .body(JSON.createObjectNode().put("table", where(TABLE)).toString())
                        .post("/api/targets/discover")
                        .statusCode());
        ObjectNode strange = declaration();
        ((ObjectNode) strange.path("fields").path(1))
                .put("column", "zq31 '; --")
                .put("pattern", "zq32 (");
        assertEquals(422, put("odd", strange.toString()).statusCode());
        assertEquals(
                422,
                put(
                                "odd",
                                declaration()
                                        .put("table", "public.canary; drop table canary")
                                        .toString())
                        .statusCode());
        Response declared = put("odd", declaration().toString());
        assertEquals(201, declared.statusCode(), declared::asString);
        for (String address :
                List.of("", "/odd", "/odd/declaration", "/odd/template?format=csv", "/odd/template?format=xlsx"))
            assertEquals(200, given().get("/api/targets" + address).statusCode(), address);
        assertEquals(200, given().get("/api/integrity").statusCode());
        imports();
        assertEquals(204, given().delete("/api/targets/odd").statusCode());
    }

    private void imports() {
        // New rows without references, which are inserted; with a row that the table refuses the share is taken apart.
        assertEquals("inserted 1", outcome(run(mapping(false), line(FIRST, "old", ALIAS, "", "more'; --"))));
        assertEquals(
                "inserted 1, rejected 1",
                outcome(run(mapping(false), line("zq33", "a", "", "", ""), line("zq34", REFUSED, "", "", ""))));
        database.update("delete from " + where(TABLE) + " where " + quoted(KEY) + " = 'zq33'");
        String[] lines = {
            line(FIRST, "new '; --", RETIRED, NAMED, "other $$"),
            line(SECOND, "overridden", "", "", ""),
            line(SECOND, "b", ACTIVE, NAMED, ""),
            line("zq35", "c", "", "zq36'; -- nobody", ""),
            line("zq37", REFUSED, "", "", ""),
            line(THIRD, "", "", "", "")
        };
        String expected = "inserted 2, updated 1, overridden 1, rejected 2";
        JsonPath preview =
                request(mapping(true), lines).post("/api/migrations/preview").jsonPath();
        assertEquals(expected, foreseen(preview), preview::prettify);

        JsonPath job = run(mapping(true), lines);

        assertEquals(expected, outcome(job), job::prettify);
        assertEquals(
                List.of(
                        List.of(FIRST, "new '; --", RETIRED),
                        List.of(SECOND, "b", ACTIVE),
                        List.of(THIRD, DEFAULT, ACTIVE)),
                stored());
        String rejects = given().get("/api/migrations/" + job.getString("jobId") + "/rejects")
                .asString();
        assertTrue(rejects.contains(CHECK.replace("\"", "\"\"") + " on "), rejects);
        database.update(
                "insert into " + where(CHILD) + " select " + quoted(ID) + " from " + where(TABLE) + " where "
                        + quoted(KEY) + " = ?",
                THIRD);
        JsonPath undone = Undos.undone(job.getString("jobId"));
        assertEquals(List.of("referenced"), undone.getList("undo.kept.reason"), undone::prettify);
        assertEquals(List.of(List.of(FIRST, "old", ACTIVE), List.of(THIRD, DEFAULT, ACTIVE)), stored());
    }

    private List<List<Object>> stored() {
        return database.rows("select %s, %s, %s::text from %s order by %s collate \"C\""
                .formatted(quoted(KEY), quoted(TEXT), quoted(CHOICE), where(TABLE), quoted(KEY)));
    }

    private void tables() {
        database.update("drop schema if exists " + quoted(SCHEMA) + " cascade");
        database.update("drop table if exists canary");
        database.update("create table canary as select 1 as alive");
        database.update("create schema " + quoted(SCHEMA));
        database.update("create type " + where(TYPE) + " as enum (" + literal(ACTIVE) + ", " + literal(RETIRED) + ")");
        database.update("create collation " + where(COLLATION) + " (provider = libc, locale = 'C')");
        database.update("create table %s (id int primary key, %s uuid not null, %s text not null, unique (%s, %s))"
                .formatted(where(OTHER), quoted(OWNER), quoted(MATCH), quoted(OWNER), quoted(MATCH)));
        database.update("insert into " + where(OTHER) + " values (1, ?::uuid, ?)", OWN, NAMED);
        database.update(("create table %s (%s bigint generated always as identity primary key, %s uuid not null,"
                        + " %s text collate %s not null, %s text constraint %s check (%s <> %s), %s %s not null,"
                        + " %s int references %s, %s jsonb, %s text default %s, constraint %s unique (%s, %s))")
                .formatted(
                        where(TABLE),
                        quoted(ID),
                        quoted(OWNER),
                        quoted(KEY),
                        where(COLLATION),
                        quoted(TEXT),
                        quoted(CHECK),
                        quoted(TEXT),
                        literal(REFUSED),
                        quoted(CHOICE),
                        where(TYPE),
                        quoted(LINK),
                        where(OTHER),
                        quoted(ATTRIBUTES),
                        quoted(FILLED),
                        BY_DEFAULT,
                        quoted(UNIQUE),
                        quoted(OWNER),
                        quoted(KEY)));
        database.update("create table %s (%s bigint references %s on delete cascade)"
                .formatted(where(CHILD), quoted(PARENT), where(TABLE)));
    }

    private static ObjectNode declaration() {
        ObjectNode declaration = JSON.createObjectNode().put("name", "odd").put("table", where(TABLE));
        declaration.putObject("label").put("en", "zq40'; drop table canary; --");
        declaration.putObject("owner").put("organisation", OWNER);
        declaration.putArray("key").add("key");
        declaration.put("attributes", ATTRIBUTES);
        ArrayNode fields = declaration.putArray("fields");
        ObjectNode key =
                fields.addObject().put("name", "key").put("column", KEY).put("type", "text");
        key.putArray("headers").add(HEADER).add("zq41'; --");
        key.putObject("label").put("de", "zq42'; --");
        fields.addObject()
                .put("name", "text")
                .put("column", TEXT)
                .put("type", "text")
                .put("default", DEFAULT)
                .put("description", "zq43'; --")
                .put("example", "zq44'; --")
                .put("pattern", "(zq45'; --)?(?s:.*)");
        ObjectNode values = fields.addObject()
                .put("name", "choice")
                .put("column", CHOICE)
                .put("type", "enum")
                .put("default", ALIAS)
                .putObject("values");
        values.putArray(ACTIVE).add(ALIAS);
        values.putArray(RETIRED);
        ObjectNode references = fields.addObject()
                .put("name", "link")
                .put("column", LINK)
                .put("type", "reference")
                .putObject("references");
        references.put("table", where(OTHER)).putArray("match").add(MATCH);
        references.putObject("owner").put("organisation", OWNER);
        fields.addObject().put("name", "filled").put("column", FILLED).put("type", "text");
        return declaration;
    }

    /** @param whole with references, and to be undone */
    private static String mapping(boolean whole) {
        ObjectNode mapping = JSON.createObjectNode().put("target", "odd").put("undoable", whole);
        mapping.put("unmapped", "attributes")
                .putObject("format")
                .put("type", "csv")
                .put("delimiter", ",");
        ObjectNode fields = mapping.putObject("fields");
        fields.put("key", HEADER)
                .put("text", "zq50'; --")
                .put("choice", "zq51 choice")
                .put("filled", "zq52 filled");
        if (whole) fields.put("link", "zq53\" link");
        return mapping.toString();
    }

    private static JsonPath run(String mapping, String... lines) {
        Response answer = request(mapping, lines).post("/api/migrations/run");
        assertEquals(202, answer.statusCode(), answer::asString);
        return ended(answer.path("jobId"));
    }

    private static RequestSpecification request(String mapping, String... lines) {
        List<String> all = new ArrayList<>();
        all.add(line(HEADER, "zq50'; --", "zq51 choice", "zq53\" link", MORE, "zq52 filled"));
        for (String line : lines) all.add(line + ",");
        byte[] file = (String.join("\n", all) + "\n").getBytes(StandardCharsets.UTF_8);
        return given().multiPart("file", "zq54'; drop table canary; --.csv", file, "text/csv")
                .multiPart("mapping", mapping, "application/json");
    }

    private static String line(String... cells) {
        return Arrays.stream(cells)
                .map(cell -> '"' + cell.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining(","));
    }

    private static String where(String name) {
        return quoted(SCHEMA) + "." + quoted(name);
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
