package dev.importonce.job.undo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.importonce.fixture.ChunksByHand;
import dev.importonce.fixture.Cuts;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.NoWorkers;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.fixture.UndoModel;
import dev.importonce.fixture.Undos;
import dev.importonce.job.chunk.ChunkClaims;
import dev.importonce.job.chunk.ChunkWorker;
import dev.importonce.job.mapping.Mapping;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.sessions.JqwikSession;
import org.junit.jupiter.api.Test;

/** Imports of the same contacts one after the other, undone in any order, or mixed with them: as the plain model has it. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(NoWorkers.class)
class UndoAnyOrderTest extends ChunksByHand {
    private static final int CASES = 12;

    UndoAnyOrderTest(ChunkWorker worker, ChunkClaims claims, Cuts cuts) {
        super(worker, claims, cuts);
    }

    @Test
    void any_imports_undone_in_any_order_are_as_the_model_has_it() {
        JqwikSession.run(() -> cases().sampleStream().limit(CASES).forEach(this::anyOrder));
    }

    @Test
    void imports_undone_last_one_first_restore_the_first_state() {
        JqwikSession.run(() -> cases().sampleStream().limit(CASES).forEach(this::lastOneFirst));
    }

    private void anyOrder(Case test) {
        UndoModel model = begin(test);
        Random random = new Random(test.seed());
        List<File> todo = new ArrayList<>(test.files());
        Map<String, Integer> open = new TreeMap<>();
        while (!todo.isEmpty() || !open.isEmpty()) {
            if (!todo.isEmpty() && (open.isEmpty() || random.nextInt(3) > 0)) {
                File file = todo.remove(0);
                JsonPath job = run(file);
                int number = model.run(file.rows(), file.onExisting(), file.clear());
                if (file.undoable()) open.put(job.getString("jobId"), number);
            } else {
                List<String> ids = new ArrayList<>(open.keySet());
                String id = ids.get(random.nextInt(ids.size()));
                undo(test, model, id, open.remove(id));
            }
            assertEquals(model.contacts(), stored(), test::toString);
        }
    }

    private void lastOneFirst(Case test) {
        UndoModel model = begin(test);
        List<File> files = test.files();
        if (!files.get(0).undoable()) {
            run(files.get(0));
            model.run(
                    files.get(0).rows(), files.get(0).onExisting(), files.get(0).clear());
            files = files.subList(1, files.size());
        }
        Map<String, Map<String, String>> before = model.contacts();
        List<String> ids = new ArrayList<>();
        for (File file : files) ids.add(run(file.undoablySo()).getString("jobId"));
        Collections.reverse(ids);
        for (String id : ids) {
            Undos.ask(id).then().statusCode(202);
            workToTheEnd();
            assertEquals(0, Imports.job(id).getInt("undo.keptCount"), test::toString);
        }
        assertEquals(before, stored(), test::toString);
    }

    private UndoModel begin(Case test) {
        database.update("delete from contacts");
        cuts.set(test.chunkRows(), test.shareRows());
        return new UndoModel();
    }

    private void undo(Case test, UndoModel model, String id, int number) {
        Undos.ask(id).then().statusCode(202);
        workToTheEnd();
        JsonPath job = Imports.job(id);
        UndoModel.Outcome expected = model.undo(number);
        assertEquals("completed", job.getString("undo.status"), test::toString);
        assertEquals(expected.undone(), job.getInt("undo.undone"), test::toString);
        assertEquals(expected.kept(), kept(job), test::toString);
        assertEquals(expected.kept().size(), job.getInt("undo.keptCount"), test::toString);
    }

    private static Map<String, List<String>> kept(JsonPath job) {
        Map<String, List<String>> kept = new TreeMap<>();
        List<Map<String, Object>> entries = job.getList("undo.kept");
        for (Map<String, Object> entry : entries) {
            List<String> fields = new ArrayList<>();
            for (Object field : (List<?>) entry.get("fields")) fields.add((String) field);
            kept.put((String) entry.get("email"), fields);
        }
        return kept;
    }

    private JsonPath run(File file) {
        String id = Imports.run(file.csv(), file.mapping()).path("jobId");
        workToTheEnd();
        JsonPath job = Imports.job(id);
        assertEquals("completed", job.getString("status"), job::prettify);
        return job;
    }

    private Map<String, Map<String, String>> stored() {
        Map<String, Map<String, String>> stored = new TreeMap<>();
        for (List<Object> row :
                database.rows("select email, first_name, attributes ->> 'A', attributes ->> 'B' from contacts")) {
            Map<String, String> values = new TreeMap<>();
            for (int i = 1; i <= UndoModel.FIELDS.size(); i++)
                if (row.get(i) != null) values.put(UndoModel.FIELDS.get(i - 1), (String) row.get(i));
            stored.put((String) row.get(0), values);
        }
        return stored;
    }

    private static Arbitrary<Case> cases() {
        Arbitrary<String> value = Arbitraries.of("", "x", "y", "z");
        Arbitrary<UndoModel.Row> row = Combinators.combine(
                        Arbitraries.of("a@x.de", "b@x.de", "c@x.de", "d@x.de"), value, value, value)
                .as((email, first, a, b) -> new UndoModel.Row(email, List.of(first, a, b)));
        Arbitrary<File> file = Combinators.combine(
                        row.list().ofMinSize(1).ofMaxSize(6),
                        Arbitraries.of(Mapping.OnExisting.class),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, true, true, false))
                .as(File::new);
        return Combinators.combine(
                        file.list().ofMinSize(2).ofMaxSize(5),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.integers().between(0, 1_000_000))
                .as(Case::new);
    }

    record Case(List<File> files, int chunkRows, int shareRows, int seed) {}

    record File(List<UndoModel.Row> rows, Mapping.OnExisting onExisting, boolean clear, boolean undoable) {
        File undoablySo() {
            return new File(rows, onExisting, clear, true);
        }

        byte[] csv() {
            StringBuilder csv = new StringBuilder("email,first,A,B\n");
            for (UndoModel.Row row : rows)
                csv.append(row.email())
                        .append(',')
                        .append(String.join(",", row.cells()))
                        .append('\n');
            return csv.toString().getBytes(StandardCharsets.UTF_8);
        }

        String mapping() {
            return """
                    {"target": "contacts", "fields": {"email": "email", "firstName": "first"}, "unmapped": "attributes",
                     "onExisting": "%s", "onBlank": "%s", "undoable": %s}
                    """.formatted(onExisting.word(), clear ? "clear" : "keep", undoable);
        }
    }
}
