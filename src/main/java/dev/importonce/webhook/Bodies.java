package dev.importonce.webhook;

import dev.importonce.json.Json;
import dev.importonce.postgres.Sql;
import dev.importonce.queue.LeaseLost;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Writes the bodies of events, each once: every attempt sends the same bytes. */
@ApplicationScoped
class Bodies {
    /** Standard Webhooks asks for small bodies. */
    private static final int LARGE_BYTES = 20 * 1024;

    /** Only the current claim holder writes the body, and only once. */
    static final String KEEP = """
            update webhook_events
            set body = coalesce(body, ?)
            where id = ? and token = ? and state = 'pending'
            returning body
            """;

    private final Json json;
    private final Sql sql;
    private final List<Subjects> subjects;

    Bodies(Json json, Sql sql, @All List<Subjects> subjects) {
        this.json = json;
        this.sql = sql;
        this.subjects = subjects;
    }

    /** The body of an event of that moment; if it is too large, without the long parts. */
    String of(WebhookEvent event, Instant at) {
        String whole = body(event.type(), at, event.data());
        boolean large = whole.getBytes(StandardCharsets.UTF_8).length > LARGE_BYTES;
        return large ? body(event.type(), at, event.shorter().get()) : whole;
    }

    /** Writes the body of an event that the database itself wrote. Empty: its subject is gone. */
    Optional<String> keep(Delivery delivery) {
        return subjects.stream()
                .flatMap(kind -> kind.event(delivery.type(), delivery.subject()).stream())
                .findFirst()
                .map(event -> sql.first(
                                KEEP,
                                row -> row.text("body"),
                                of(event, delivery.createdAt()),
                                delivery.id(),
                                delivery.token())
                        .orElseThrow(() -> new LeaseLost(delivery)));
    }

    private String body(EventType type, Instant at, String data) {
        return "{\"type\":" + json.write(type.word()) + ",\"timestamp\":"
                + json.write(at.truncatedTo(ChronoUnit.MILLIS)) + ",\"data\":" + data + "}";
    }
}
