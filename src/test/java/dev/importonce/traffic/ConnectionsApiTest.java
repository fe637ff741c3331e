package dev.importonce.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.identity.WithTokens;
import dev.importonce.platform.Metrics;
import dev.importonce.platform.TestPostgres;
import dev.importonce.problem.Send;
import dev.importonce.problem.Wire;
import dev.importonce.traffic.Sender.WayIn;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections that nothing is done on make room for those on which something is. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(ConnectionsApiTest.Few.class)
class ConnectionsApiTest {
    private static final int MOST = 20;
    private static final String[] READY = {"GET /q/health/ready HTTP/1.1", "Host: localhost"};

    private final List<Wire> open = new ArrayList<>();

    /** So few that a test can have them all. */
    public static class Few extends WithTokens {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
            settings.put("importonce.connections", String.valueOf(MOST));
            return settings;
        }
    }

    @AfterEach
    void close() throws IOException {
        for (Wire wire : open) wire.close();
    }

    @Test
    void silent_connections_make_room() throws IOException {
        for (int i = 0; i < 3 * MOST; i++) open.add(Wire.open());
        assertRoom();
    }

    @Test
    void heads_that_do_not_end_make_room() throws IOException {
        for (int i = 0; i < 3 * MOST; i++)
            open.add(Wire.open().write(Send.utf8("GET /api/sign-in HTTP/1.1\r\nHost: ")));
        assertRoom();
    }

    @Test
    void bodies_that_do_not_end_make_room() throws IOException {
        WayIn way = new WayIn("POST /api/sources", "Content-Type: text/csv");
        for (int i = 0; i < 3 * MOST; i++) open.add(new Sender().begin(way, 1_000));
        assertRoom();
    }

    @Test
    void connections_on_which_all_is_answered_make_room() throws IOException {
        for (int i = 0; i < 3 * MOST; i++) {
            Wire wire = Wire.open();
            open.add(wire);
            assertEquals(200, wire.head(READY).answer().status());
        }
        assertRoom();
    }

    @Test
    void a_connection_whose_request_is_in_work_stays() throws IOException {
        Wire uploading = new Sender().begin(new WayIn("POST /api/sources", "Content-Type: text/csv"), 20_000);
        open.add(uploading);
        for (int i = 0; i < 3 * MOST; i++) open.add(Wire.open());
        assertRoom();
        Wire.Answer answer = uploading.write(Send.utf8("x".repeat(20_000))).answer();
        assertEquals(201, answer.status(), answer::body);
    }

    private void assertRoom() throws IOException {
        try (Wire oneMore = Wire.open()) {
            assertEquals(200, oneMore.head(READY).answer().status());
        }
        OptionalDouble counted = Metrics.figure("importonce_connections");
        assertTrue(counted.orElse(0) >= 1 && counted.orElse(0) <= MOST, counted::toString);
    }
}
