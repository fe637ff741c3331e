package dev.importonce.job.chunk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.importonce.fixture.ChunksByHand;
import dev.importonce.fixture.Cuts;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.NoWorkers;
import dev.importonce.fixture.SequentialImport;
import dev.importonce.fixture.SequentialImport.Line;
import dev.importonce.fixture.SequentialImport.Person;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.job.mapping.Mapping;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.sessions.JqwikSession;
import org.junit.jupiter.api.Test;

/** Whatever the block size, the number of shares, of workers, and the order they work in: the same contacts, the same counters. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(NoWorkers.class)
class AnyCutTest extends ChunksByHand {
    private static final int FILES = 40;

    AnyCutTest(ChunkWorker worker, ChunkClaims claims, Cuts cuts) {
        super(worker, claims, cuts);
    }

    @Test
    void any_cut_workers_and_order_give_the_sequential_result() {
        JqwikSession.run(() -> cases().sampleStream().limit(FILES).forEach(this::check));
    }

    private void check(Case test) {
        database.update("delete from contacts");
        TreeMap<String, Person> before = new TreeMap<>();
        // Imported twice: first what is stored before, then the file that meets it.
        for (List<Line> file : List.of(test.stored(), test.file())) {
            if (file.isEmpty()) continue;
            SequentialImport expected = new SequentialImport(before);
            expected.run(file, test.onExisting(), test.onBlank());
            cuts.set(test.chunkRows(), test.shareRows());

            String jobId = Imports.run(csv(file), mapping(test)).path("jobId");
            work(test);

            JsonPath job = Imports.job(jobId);
            assertEquals("completed", job.getString("status"), test::toString);
            assertEquals(expected.contacts, stored(), test::toString);
            assertEquals(expected.counts, counts(job), test::toString);
            before = new TreeMap<>(expected.contacts);
        }
    }

    private void work(Case test) {
        ExecutorService threads = Executors.newFixedThreadPool(test.workers());
        Callable<Void> untilNothingIsDue = () -> {
            while (worker.workOne()) shuffleTurns(test.seed());
            return null;
        };
        try {
            for (Future<Void> done : threads.invokeAll(IntStream.range(0, test.workers())
                    .mapToObj(i -> untilNothingIsDue)
                    .toList())) done.get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            threads.shutdown();
        }
    }

    /** One at a time: two such updates meet the rows in different orders, and would wait for each other. */
    private synchronized void shuffleTurns(int seed) {
        if (seed % 3 == 0)
            database.update(
                    "update import_chunks set turn = now() - random() * interval '1 hour' where status = 'pending'");
    }

    private Map<String, Person> stored() {
        Map<String, Person> stored = new TreeMap<>();
        for (List<Object> row : database.rows("select email, first_name, last_name from contacts"))
            stored.put((String) row.get(0), new Person((String) row.get(1), (String) row.get(2)));
        return stored;
    }

    private static Map<String, Integer> counts(JsonPath job) {
        Map<String, Integer> counts = new TreeMap<>();
        for (String name : List.of("inserted", "updated", "unchanged", "skipped", "overridden", "rejected"))
            counts.put(name, job.getInt("progress." + name));
        return counts;
    }

    private static byte[] csv(List<Line> lines) {
        return Imports.csv(lines.stream().map(Line::csv).toArray(String[]::new));
    }

    private static String mapping(Case test) {
        return """
                {"target": "contacts", "fields": {"email": "email", "firstName": "first", "lastName": "last"},
                 "onExisting": "%s", "onBlank": "%s"}
                """.formatted(test.onExisting().word(), test.onBlank().word());
    }

    private static Arbitrary<Case> cases() {
        Arbitrary<String> email =
                Arbitraries.of("a@x.de", "A@X.de", "b@x.de", "c@x.de", "d@x.de", "e@x.de", "f@x.de", "no address");
        Arbitrary<String> name = Arbitraries.of("", "Ann", "Bob", "Zoë");
        Arbitrary<Line> line = Combinators.combine(email, name, name).as(Line::new);
        return Combinators.combine(
                        line.list().ofMaxSize(8),
                        line.list().ofMinSize(1).ofMaxSize(30),
                        Arbitraries.integers().between(1, 7),
                        Arbitraries.integers().between(1, 9),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.of(Mapping.OnExisting.class),
                        Arbitraries.of(Mapping.OnBlank.class),
                        Arbitraries.integers().between(0, 1000))
                .as(Case::new);
    }

    record Case(
            List<Line> stored,
            List<Line> file,
            int chunkRows,
            int shareRows,
            int workers,
            Mapping.OnExisting onExisting,
            Mapping.OnBlank onBlank,
            int seed) {}
}
