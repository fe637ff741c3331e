package dev.importonce.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.importonce.fixture.Await;
import dev.importonce.fixture.Metrics;
import dev.importonce.fixture.Send;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.fixture.Wire;
import dev.importonce.fixture.WithTokens;
import dev.importonce.traffic.Sender.WayIn;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** More uploads than there are places: they take turns. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(WaitingUploadsApiTest.FewPlaces.class)
class WaitingUploadsApiTest {
    private static final WayIn SOURCE = new WayIn("POST /api/sources", "Content-Type: text/csv");
    private static final int PLACES = 2;
    private static final byte[] REST = Send.utf8("example.com\n" + "ann@example.com\n".repeat(2_000));
    private static final int LENGTH = SOURCE.begins().length + REST.length;

    private final Sender ann = new Sender();
    private final Sender bob = new Sender();
    private final ExecutorService people = Executors.newCachedThreadPool();

    /** All of which one user may have. */
    public static class FewPlaces extends WithTokens {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
            settings.put("importonce.uploads", String.valueOf(PLACES));
            settings.put("importonce.uploads-per-user", String.valueOf(PLACES));
            return settings;
        }
    }

    @AfterEach
    void stop() {
        people.shutdownNow();
    }

    @Test
    void ten_at_once_of_one_user_all_get_in() {
        List<CompletableFuture<Response>> uploads = IntStream.range(0, 10)
                .mapToObj(i -> CompletableFuture.supplyAsync(ann::uploads, people))
                .toList();
        for (CompletableFuture<Response> upload : uploads)
            assertEquals(201, upload.join().statusCode(), () -> upload.join().asString());
    }

    @Test
    void of_those_that_wait_comes_first_who_has_the_fewest() throws IOException {
        try (Wire first = ann.begin(SOURCE, LENGTH)) {
            awaitUploads(1, 0);
            try (Wire second = ann.begin(SOURCE, LENGTH);
                    Wire third = awaited(second, 2, 0, ann);
                    Wire bobs = awaited(third, 2, 1, bob)) {
                awaitUploads(2, 2);

                assertEquals(201, first.write(REST).answer().status());
                assertEquals(201, bobs.write(REST).answer().status());
                assertEquals(200, third.write(REST).answer().status());
            }
        }
    }

    /** The next one, once those before it are where they belong. */
    private static Wire awaited(Wire before, int inside, int waiting, Sender sender) throws IOException {
        assertNotNull(before);
        awaitUploads(inside, waiting);
        return sender.begin(SOURCE, LENGTH);
    }

    @Test
    void who_goes_while_it_waits_leaves_the_line() throws IOException {
        List<Wire> open = new ArrayList<>();
        try {
            for (int i = 0; i < PLACES; i++) open.add(ann.begin(SOURCE, LENGTH));
            awaitUploads(PLACES, 0);
            try (Wire impatient = ann.begin(SOURCE, LENGTH)) {
                awaitUploads(PLACES, 1);
                impatient.write(new byte[1]);
            }
            awaitUploads(PLACES, 0);
        } finally {
            for (Wire wire : open) wire.close();
        }
        awaitUploads(0, 0);
    }

    private static void awaitUploads(int inside, int waiting) {
        Await.until(() -> Metrics.figure("importonce_uploads").orElse(-1) == inside
                && Metrics.figure("importonce_uploads_waiting").orElse(-1) == waiting);
    }
}
