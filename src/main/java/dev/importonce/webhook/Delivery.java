package dev.importonce.webhook;

import dev.importonce.postgres.Row;
import dev.importonce.queue.Claim;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * An event that this worker has claimed in order to deliver it.
 *
 * @param body what every attempt sends; null: not written yet
 * @param tries the number of this attempt, from 1: those that were recorded, and this one
 * @param attempts claims since the last recorded attempt, including this one
 */
record Delivery(
        UUID id,
        String type,
        UUID subject,
        Instant createdAt,
        String body,
        long token,
        int tries,
        int attempts,
        Duration waited)
        implements Claim {
    static Delivery of(Row row) {
        return new Delivery(
                row.uuid("id"),
                row.text("type"),
                row.uuid("subject_id"),
                row.instant("created_at"),
                row.text("body"),
                row.bigint("token"),
                row.integer("attempts") + 1,
                row.integer("claims"),
                Duration.ofMillis(row.bigint("waited_millis")));
    }

    @Override
    public String toString() {
        return "webhook " + id + " (" + type + " " + subject + ")";
    }
}
