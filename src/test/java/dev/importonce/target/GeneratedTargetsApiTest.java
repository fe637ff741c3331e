package dev.importonce.target;

import static dev.importonce.fixture.Declared.foreseen;
import static dev.importonce.fixture.Declared.outcome;
import static dev.importonce.fixture.Declared.put;
import static dev.importonce.fixture.Imports.imported;
import static dev.importonce.fixture.Imports.preview;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.importonce.fixture.Database;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.fixture.Undos;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.sessions.JqwikSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tables, declarations and files made by chance: every type, with good, bad, ambiguous and blank cells, under every rule for
 * stored rows and blank cells. What the database has afterwards is what a simple model says; a preview foresees it, and undos
 * take it back, step by step. Of a case that fails a smaller one is looked for that fails, too.
 */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class GeneratedTargetsApiTest {
    private static final String OWNER = "00000000-0000-0000-0000-000000000001";
    private static final int TRIES = 8;
    private static final int SMALLER_TRIES = 15;

    Database database;

    @AfterEach
    void nothing_is_left() {
        database.update("delete from import_targets");
        database.update("drop table if exists " + GeneratedCase.TABLE);
        database.update("drop table if exists " + GeneratedCase.NAMED);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void the_database_has_what_a_simple_model_says(long seed) {
        JqwikSession.run(() -> {
            Random random = new Random(seed);
            for (int i = 0; i < TRIES; i++) {
                Shrinkable<GeneratedCase> made =
                        GeneratedCase.any().generator(TRIES, true).next(random);
                AssertionError error = failure(made.value());
                if (error != null) throw ofSmaller(made, error);
            }
        });
    }

    private AssertionError ofSmaller(Shrinkable<GeneratedCase> failed, AssertionError error) {
        Shrinkable<GeneratedCase> smallest = failed;
        AssertionError found = error;
        Iterator<Shrinkable<GeneratedCase>> smaller = smallest.shrink().iterator();
        for (int i = 0; i < SMALLER_TRIES && smaller.hasNext(); i++) {
            Shrinkable<GeneratedCase> candidate = smaller.next();
            AssertionError again = failure(candidate.value());
            if (again == null) continue;
            smallest = candidate;
            found = again;
            smaller = smallest.shrink().iterator();
        }
        return new AssertionError(smallest.value().told(), found);
    }

    private AssertionError failure(GeneratedCase made) {
        nothing_is_left();
        try {
            check(made);
            return null;
        } catch (AssertionError error) {
            return error;
        }
    }

    private void check(GeneratedCase made) {
        database.update("create table " + GeneratedCase.NAMED + " (id bigint primary key, code text not null unique)");
        database.update("insert into " + GeneratedCase.NAMED + " values (1, 'ONE'), (2, 'two')");
        database.update(made.table());
        Response declared = put("made-by-chance", made.declaration());
        assertEquals(201, declared.statusCode(), declared::asString);
        GeneratedModel model = new GeneratedModel(made);
        List<TreeMap<String, List<String>>> before = new ArrayList<>();
        List<String> jobs = new ArrayList<>();
        for (GeneratedCase.Import each : made.imports()) {
            before.add(model.stored());
            String expected = model.imported(each);

            assertEquals(expected, foreseen(preview(made.file(each), made.mapping(each))), "preview");
            JsonPath job = imported(made.file(each), made.mapping(each));
            assertEquals(expected, outcome(job), job::prettify);
            assertEquals(model.stored(), stored(made));
            jobs.add(job.getString("jobId"));
        }
        for (int i = jobs.size() - 1; i >= 0; i--) {
            JsonPath undone = Undos.undone(jobs.get(i));
            assertEquals(List.of(), undone.getList("undo.kept"));
            assertEquals(before.get(i), stored(made), "undone");
        }
    }

    private TreeMap<String, List<String>> stored(GeneratedCase made) {
        TreeMap<String, List<String>> stored = new TreeMap<>();
        List<List<Object>> rows = made.owned()
                ? database.rows(made.select() + " where owner = ?::uuid", OWNER)
                : database.rows(made.select());
        for (List<Object> row : rows)
            stored.put(
                    row.stream().limit(made.keys().size()).map(Object::toString).collect(Collectors.joining("|")),
                    row.stream().map(value -> Objects.toString(value, null)).toList());
        return stored;
    }
}
