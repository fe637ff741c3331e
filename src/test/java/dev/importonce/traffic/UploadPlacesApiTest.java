package dev.importonce.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.importonce.fixture.TestPostgres;
import dev.importonce.fixture.Wire;
import dev.importonce.fixture.WithTokens;
import dev.importonce.traffic.Sender.WayIn;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies that come slowly, or not at all: whose they are waits for them, and nobody else. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(UploadPlacesApiTest.FewPlaces.class)
class UploadPlacesApiTest {
    private static final int PER_USER = 3;
    private static final int THREADS = 12;
    private static final int MORE_THAN_THREADS = 20;
    private static final WayIn SOURCE = new WayIn("POST /api/sources", "Content-Type: text/csv");

    private final Sender ann = new Sender();
    private final Sender bob = new Sender();
    private final List<Wire> open = new ArrayList<>();
    private final ExecutorService readers = Executors.newCachedThreadPool();

    /** Places that a test can fill, and a wait for them that it can wait out. */
    public static class FewPlaces extends WithTokens {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
            settings.put("quarkus.thread-pool.max-threads", String.valueOf(THREADS));
            settings.put("importonce.uploads", "100");
            settings.put("importonce.uploads-per-user", String.valueOf(PER_USER));
            settings.put("importonce.upload-wait", "PT0.2S");
            settings.put("importonce.least-rate-grace", "PT1H");
            return settings;
        }
    }

    @AfterEach
    void close() throws IOException {
        for (Wire wire : open) wire.close();
        readers.shutdownNow();
    }

    @ParameterizedTest
    @MethodSource("dev.importonce.traffic.Sender#everyWay")
    void bodies_that_do_not_end_hold_up_nobody_else(WayIn way) throws IOException {
        for (int i = 0; i < MORE_THAN_THREADS; i++) open.add(ann.begin(way, Sender.LARGE));
        othersAreServed();
    }

    @ParameterizedTest
    @MethodSource("dev.importonce.traffic.Sender#twoWays")
    void small_bodies_that_do_not_end_hold_up_nobody(WayIn way) throws IOException {
        for (int i = 0; i < MORE_THAN_THREADS; i++) open.add(ann.begin(way, 1_000));
        othersAreServed();
        ann.imports();
    }

    @ParameterizedTest
    @MethodSource("dev.importonce.traffic.Sender#twoWays")
    void bodies_without_length_that_do_not_end_hold_up_nobody(WayIn way) throws IOException {
        for (int i = 0; i < MORE_THAN_THREADS; i++) open.add(ann.beginChunked(way));
        othersAreServed();
        ann.imports();
    }

    @Test
    void uploads_of_many_leave_threads_for_health_and_reads() throws IOException {
        for (int i = 0; i < MORE_THAN_THREADS; i++) open.add(new Sender().begin(SOURCE, Sender.LARGE));
        readsAreServed();
        bob.call().get("/api/migrations").then().statusCode(200);
    }

    @Test
    void one_more_than_a_user_may_send_is_told_to_come_again() throws IOException {
        for (int i = 0; i <= PER_USER; i++) open.add(ann.begin(SOURCE, Sender.LARGE));
        assertOneIsToldToComeAgain();
        assertEquals(201, bob.uploads().statusCode());
    }

    @Test
    void one_more_than_all_may_send_is_told_to_come_again() throws IOException {
        for (int i = 0; i <= THREADS / 2; i++) open.add(new Sender().begin(SOURCE, Sender.LARGE));
        assertOneIsToldToComeAgain();
    }

    private void assertOneIsToldToComeAgain() {
        Wire.Answer answer = (Wire.Answer) CompletableFuture.anyOf(open.stream()
                        .map(wire -> CompletableFuture.supplyAsync(() -> answer(wire), readers))
                        .toArray(CompletableFuture[]::new))
                .join();
        answer.refusal()
                .is(
                        "too-many-requests",
                        "Too many uploads are in work just now, yours or all. Send the request again a little later.");
        assertEquals("2", answer.headers().get("Retry-After"));
    }

    private static Wire.Answer answer(Wire wire) {
        try {
            return wire.answer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void othersAreServed() {
        readsAreServed();
        bob.imports();
        assertEquals(201, bob.uploads().statusCode());
    }

    private static void readsAreServed() {
        for (String address : List.of("/q/health/ready", "/q/metrics", "/api/sign-in"))
            Sender.anybody().get(address).then().statusCode(200);
    }
}
