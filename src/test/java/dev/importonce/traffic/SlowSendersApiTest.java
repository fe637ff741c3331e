package dev.importonce.traffic;

import static dev.importonce.fixture.Send.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Await;
import dev.importonce.fixture.Database;
import dev.importonce.fixture.Metrics;
import dev.importonce.fixture.Stored;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who sends more slowly than any line is does not get to the end. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(SlowSendersApiTest.Impatient.class)
class SlowSendersApiTest {
    private static final String DETAIL =
            "The body comes at less than 16384 bytes per second, or at less than 16 times as many while others wait."
                    + " Send it again over a better line; a large file in pieces.";
    private static final WayIn SOURCE = new WayIn("POST /api/sources", "Content-Type: text/csv");

    /** A kilobyte of rows, the first of which ends the one that has begun. */
    private static final byte[] ROWS = utf8("example.com\n" + "ann@example.com\n".repeat(62) + "ann@");

    /** Twenty times in a second this is above the rate, but not above what is asked for when others wait. */
    private static final byte[] A_LITTLE = utf8("x".repeat(1000));

    private final Sender ann = new Sender();
    private final Sender bob = new Sender();

    Database database;

    /** A rate and a grace that a test can be below and wait out; places for one user. */
    public static class Impatient extends WithTokens {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
            settings.put("importonce.least-rate", "16K");
            settings.put("importonce.least-rate-grace", "PT1S");
            settings.put("importonce.uploads", "2");
            settings.put("importonce.uploads-per-user", "2");
            return settings;
        }
    }

    @ParameterizedTest
    @MethodSource("dev.importonce.traffic.Sender#everyWay")
    void a_large_body_that_stops_is_ended(WayIn way) throws IOException {
        try (Wire wire = ann.begin(way, Sender.LARGE)) {
            assertEnded(wire);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.importonce.traffic.Sender#twoWays")
    void a_small_body_that_stops_is_ended(WayIn way) throws IOException {
        try (Wire wire = ann.begin(way, 1_000)) {
            assertEnded(wire);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.importonce.traffic.Sender#twoWays")
    void a_body_without_length_that_trickles_is_ended(WayIn way) throws IOException {
        try (Trickle trickle = new Trickle(ann.beginChunked(way), wire -> wire.chunk(new byte[1]))) {
            assertEnded(trickle.wire());
        }
    }

    @Test
    void a_body_that_comes_slowly_but_steadily_arrives() throws IOException {
        int steps = 40;
        try (Wire wire = ann.begin(SOURCE, SOURCE.begins().length + steps * ROWS.length)) {
            for (int i = 0; i < steps; i++) {
                wire.write(ROWS);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
            Wire.Answer answer = wire.answer();
            assertEquals(201, answer.status(), answer::body);
        }
    }

    @Test
    void what_has_come_of_a_file_that_stops_is_gone() throws IOException {
        Stored before = Stored.in(database);
        try (Wire wire = ann.begin(SOURCE, 50_000_000)) {
            wire.write(Sender.file(100_000));
            Await.until(() -> !before.equals(Stored.in(database)));
            assertEnded(wire);
        }
        Await.until(() -> before.equals(Stored.in(database)));
    }

    @Test
    void who_only_just_keeps_up_makes_room_when_others_wait() throws IOException {
        List<Trickle> trickles = new ArrayList<>();
        for (int i = 0; i < 2; i++)
            trickles.add(new Trickle(ann.begin(SOURCE, Sender.LARGE), wire -> wire.write(A_LITTLE)));
        try {
            Await.until(() -> Metrics.figure("importonce_uploads").orElse(0) == 2);
            Response upload = bob.uploads();
            assertEquals(201, upload.statusCode(), upload::asString);
        } finally {
            for (Trickle trickle : trickles) trickle.close();
        }
    }

    private static void assertEnded(Wire wire) throws IOException {
        Wire.Answer answer = wire.answer();
        answer.refusal().is("slow-sender", DETAIL);
        assertEquals("close", answer.headers().get("Connection"));
        assertTrue(wire.isClosedByServer());
    }
}
