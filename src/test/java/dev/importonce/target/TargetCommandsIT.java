package dev.importonce.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Calls;
import dev.importonce.fixture.Database;
import dev.importonce.fixture.Declared;
import dev.importonce.fixture.NotOnCitus;
import dev.importonce.fixture.Service;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.fixture.WorkedExample;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code target …} and {@code IMPORTONCE_TARGETS} of the packaged application. */
@Timeout(300)
class TargetCommandsIT {
    private static final Pattern DOCUMENT = Pattern.compile("^\\{.*?^}", Pattern.DOTALL | Pattern.MULTILINE);
    private static final String STOCK = """
            {"name": "stock", "table": "public.stock", "owner": null, "key": ["code"],
             "fields": [{"name": "code", "column": "code", "type": "text"}, {"name": "n", "column": "n", "type": "integer"}]}
            """;
    private static final String ITEMS = STOCK.replace("stock", "items");

    private static Database database;

    @TempDir
    Path files;

    @BeforeAll
    static void tables() {
        database = new Database(TestPostgres.newDatabase());
        Service.migrate(Map.of("QUARKUS_DATASOURCE_JDBC_URL", database.url()));
        database.update("create table stock (code text primary key, n int)");
        database.update("create table items (code text primary key, n int)");
    }

    @BeforeEach
    void no_targets() {
        database.update("delete from import_targets");
    }

    @Test
    void a_draft_is_applied_listed_and_removed() throws IOException {
        Service discover = done("target", "discover", "public.stock");
        Matcher draft = DOCUMENT.matcher(discover.output());
        assertTrue(draft.find(), discover::output);
        assertTrue(discover.output().contains("No column says whom the rows belong to"), "notes are for its reader");
        String file = file("draft.json", draft.group());

        assertTrue(done("target", "apply", file).output().contains("stock declared"));
        assertEquals(List.of(List.of("stock", 1)), declared());
        done("target", "apply", file);
        assertEquals(List.of(List.of("stock", 1)), declared(), "the same again is no new version");

        String list = done("target", "list").output();
        assertTrue(list.lines().anyMatch(line -> line.matches("stock +public\\.stock")), list);
        assertTrue(list.lines().anyMatch(line -> line.matches("contacts +a part of the service")), list);
        assertTrue(done("target", "remove", "stock").output().contains("stock removed"));
        assertEquals(List.of(), declared());
        assertSaid(command(Map.of(), "target", "remove", "stock"), "There is no target \"stock\".");
        assertSaid(command(Map.of(), "target", "discover", "public.absent"), "There is no table public.absent");
    }

    @Test
    void apply_says_of_each_file_what_is_wrong_with_it() throws IOException {
        String wrong = file(
                "wrong.json",
                ITEMS.replace("\"column\": \"n\"", "\"column\": \"m\"").replace("[\"code\"]", "[\"n\"]"));
        String broken = file("broken.json", "{\"name\": ");
        String absent = files.resolve("absent.json").toString();
        String good = file("good.json", "[" + STOCK + "]");

        Service apply = command(Map.of(), "target", "apply", wrong, broken, absent, good);

        assertSaid(
                apply,
                "items not declared",
                "/fields/1/column: The table has no column \"m\".",
                "/key: ",
                "broken.json not declared",
                "is not valid JSON",
                "absent.json not declared",
                "stock declared");
        assertEquals(List.of(List.of("stock", 1)), declared());
    }

    @ParameterizedTest
    @ValueSource(strings = {"target", "target apply", "target list all", "target discover", "target drop stock"})
    void what_is_no_command_is_refused(String words) {
        assertSaid(command(Map.of(), words.split(" ")), "Say what to do: target list");
    }

    @Test
    void files_are_applied_at_each_start() throws IOException {
        String list = file("list.json", "[" + STOCK + ", " + ITEMS + "]");
        assertEquals(List.of("items", "stock"), servedWith(list));
        assertEquals(List.of("items", "stock"), servedWith(list));
        assertEquals(List.of(List.of("items", 1), List.of("stock", 1)), declared());

        String one = file("one.json", ITEMS);
        String changed = file("changed.json", STOCK.replace("\"integer\"", "\"integer\", \"min\": 0"));
        assertEquals(List.of("items", "stock"), servedWith(one + ", " + changed));
        assertEquals(List.of(List.of("items", 1), List.of("stock", 2)), declared());
    }

    @NotOnCitus("the examples' tables have keys and references without their owner")
    @Test
    void each_worked_example_is_declared_from_its_file() throws IOException {
        List<WorkedExample> examples = WorkedExample.all().toList();
        List<String> apply = new ArrayList<>(List.of("target", "apply"));
        for (WorkedExample example : examples) {
            example.makeTables(database);
            apply.add(file(example.name() + ".json", example.declaration()));
        }
        done(apply.toArray(String[]::new));

        try (Service service = command(Map.of("IMPORTONCE_AUTH", "none"))) {
            service.awaitReady();
            for (WorkedExample example : examples) {
                HttpResponse<String> run = Calls.send(Calls.run(service.base(), example.file(), example.mapping()));
                assertEquals(202, run.statusCode(), run::body);
                JsonPath job = Calls.ended(
                        service.base(), JsonPath.from(run.body()).getString("jobId"), Duration.ofMinutes(1));
                assertEquals(example.outcome(), Declared.outcome(job), job::prettify);
                example.assertStored(database);
            }
        } finally {
            WorkedExample.removeTables(database);
        }
    }

    @Test
    void a_start_says_all_that_is_wrong_at_once() throws IOException {
        String one = file(
                "one.json",
                STOCK.replace("\"column\": \"n\"", "\"column\": \"m\"").replace("[\"code\"]", "[\"n\"]"));
        String other = file("other.json", ITEMS.replace("public.items", "public.nothing"));
        String broken = file("broken.json", "[");
        String twice = file("twice.json", "[" + ITEMS + ", " + ITEMS.replace("\"integer\"", "\"decimal\"") + "]");
        String names = String.join(
                ",", one, other, broken, files.resolve("absent.json").toString(), twice);

        Service start = serve(names);

        assertSaid(
                start,
                "ImportOnce cannot start: ",
                "IMPORTONCE_TARGETS",
                "stock",
                "/fields/1/column: The table has no column \"m\".",
                "/key: No unique index",
                "items",
                "There is no table public.nothing",
                "broken.json",
                "is not valid JSON",
                "absent.json",
                "/name: These files declare items twice.");
    }

    @Test
    void two_that_start_at_once_declare_once() throws IOException {
        String list = file("list.json", "[" + STOCK + ", " + ITEMS + "]");
        try (Service one = serve(list);
                Service other = serve(list)) {
            one.awaitReady();
            other.awaitReady();
            assertEquals(List.of("items", "stock"), served(one));
            assertEquals(List.of("items", "stock"), served(other));
        }
        assertEquals(List.of(List.of("items", 1), List.of("stock", 1)), declared());
    }

    /** The settings of a deployment are those of its migrations, too, which come first. */
    @Test
    void an_empty_database_is_migrated_whatever_is_to_be_declared() throws IOException {
        Database empty = new Database(TestPostgres.newDatabase());
        Service migrate = Service.launch(
                Map.of("QUARKUS_DATASOURCE_JDBC_URL", empty.url(), "IMPORTONCE_TARGETS", file("stock.json", STOCK)),
                Service.freePort(),
                "migrate");
        assertEquals(0, migrate.exitCode(), migrate::output);
        assertEquals(0, empty.count("select count(*) from import_targets"));
    }

    private static List<String> servedWith(String names) {
        try (Service service = serve(names)) {
            service.awaitReady();
            return served(service);
        }
    }

    /** The declared targets that it offers. */
    private static List<String> served(Service service) {
        List<String> names =
                JsonPath.from(Calls.get(service.base() + "/api/targets").body()).getList("items.name");
        return names.stream().filter(List.of("items", "stock")::contains).toList();
    }

    private static Service serve(String names) {
        return command(Map.of("IMPORTONCE_AUTH", "none", "IMPORTONCE_WORKERS", "0", "IMPORTONCE_TARGETS", names));
    }

    private static Service done(String... words) {
        Service command = command(Map.of(), words);
        assertEquals(0, command.exitCode(), command::output);
        return command;
    }

    private static void assertSaid(Service command, String... parts) {
        assertEquals(1, command.exitCode(), command::output);
        for (String part : parts)
            assertTrue(command.output().contains(part), () -> part + " is not in " + command.output());
    }

    private static Service command(Map<String, String> more, String... words) {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("QUARKUS_DATASOURCE_JDBC_URL", database.url());
        return Service.launch(environment, Service.freePort(), words);
    }

    private static List<List<Object>> declared() {
        return database.rows("select name, version::integer from import_targets order by name");
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(files.resolve(name), text).toString();
    }
}
