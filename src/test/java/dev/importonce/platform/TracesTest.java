package dev.importonce.platform;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.ChunksByHand;
import dev.importonce.fixture.Cuts;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.Spans;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.fixture.Traced;
import dev.importonce.fixture.Undos;
import dev.importonce.job.chunk.ChunkClaims;
import dev.importonce.job.chunk.ChunkWorker;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators see of an import beside its figures: one trace from the request to the last chunk. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(Traced.class)
class TracesTest extends ChunksByHand {
    private static final String IMPORT = "importonce.import";
    private static final AttributeKey<String> CLAIM = AttributeKey.stringKey("importonce.claim");
    private static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("importonce.attempt");

    private final Spans spans;

    TracesTest(ChunkWorker worker, ChunkClaims claims, Cuts cuts, Spans spans) {
        super(worker, claims, cuts);
        this.spans = spans;
    }

    @Test
    void an_import_is_traced_from_the_request_to_the_work() {
        String job = submitted(null);
        workToTheEnd();

        SpanData request = request(job);

        assertEquals(2, work(job).size());
        for (SpanData work : work(job)) {
            assertEquals(request.getTraceId(), work.getTraceId());
            assertEquals(request.getSpanId(), work.getParentSpanId());
        }
    }

    @Test
    void all_chunks_continue_the_trace_of_the_caller() {
        String trace = Traced.trace();
        String job = submitted(Traced.parent(trace));
        workToTheEnd();
        assertEquals(202, Undos.ask(job).statusCode());
        workToTheEnd();

        assertEquals(trace, request(job).getTraceId());
        assertEquals(
                List.of("job " + job + " reading 0", "job " + job + " merging 0", "job " + job + " undoing 0"),
                work(job).stream().map(span -> span.getAttributes().get(CLAIM)).toList());
        assertEquals(Set.of(trace), traces(job));
    }

    @Test
    void a_chunk_of_a_dead_instance_stays_in_its_trace() {
        String trace = Traced.trace();
        String job = submitted(Traced.parent(trace));
        claims.claim().orElseThrow();
        everyLeaseRunsOut();
        workToTheEnd();

        assertEquals(Set.of(trace), traces(job));
        assertEquals(
                List.of(2L, 1L),
                work(job).stream()
                        .map(span -> span.getAttributes().get(ATTEMPT))
                        .toList());
    }

    @Test
    void a_failed_attempt_is_an_error_in_the_same_trace() {
        String trace = Traced.trace();
        String job = submitted(Traced.parent(trace));
        database.update("update migration_jobs set format = '[]' where id = ?::uuid", job);
        worker.workOne();

        assertEquals(Set.of(trace), traces(job));
        assertEquals(StatusCode.ERROR, work(job).get(0).getStatus().getStatusCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-and-more",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
            })
    void a_malformed_traceparent_is_ignored(String header) {
        String job = submitted(header);
        workToTheEnd();

        String own = request(job).getTraceId();
        assertNotEquals("0af7651916cd43dd8448eb211c80319c", own);
        assertEquals(Set.of(own), traces(job));
    }

    @Test
    void a_stored_text_that_is_no_trace_stops_nothing() {
        String job = submitted(null);
        database.update("update migration_jobs set traceparent = repeat('x', 1000) where id = ?::uuid", job);
        workToTheEnd();

        assertEquals("completed", Imports.job(job).getString("status"));
        assertEquals(2, work(job).size());
        assertTrue(
                work(job).stream().noneMatch(work -> work.getParentSpanContext().isValid()));
    }

    private static String submitted(String traceparent) {
        var request = Imports.request(Imports.csv("traced@example.com,A,B"), Undos.MAPPING);
        if (traceparent != null) request.header("traceparent", traceparent);
        return request.post("/api/migrations/run")
                .then()
                .statusCode(202)
                .extract()
                .path("jobId");
    }

    /** The span of the request that submitted the job. */
    private SpanData request(String job) {
        return spans.await(1, "POST", IMPORT, job).get(0);
    }

    /** All, since what has been worked by this thread has ended. */
    private List<SpanData> work(String job) {
        return spans.await(1, "import work", IMPORT, job);
    }

    private Set<String> traces(String job) {
        return work(job).stream().map(SpanData::getTraceId).collect(toSet());
    }
}
