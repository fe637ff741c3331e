package dev.importonce.webhook;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An event and how far its delivery is.
 *
 * @param id the event's, as in the header {@code webhook-id}
 * @param jobId of an {@code import.…} event
 * @param messageId of a {@code message.…} event
 * @param attempts recorded attempts, since it was last sent again
 * @param lastStatus the HTTP status of the last answer; null: there was no whole answer
 * @param lastError why the last attempt did not deliver it
 * @param nextAttemptAt while an attempt runs: when another worker may take it over
 */
@RegisterForReflection
@Schema(name = "WebhookDelivery")
record DeliveryView(
        UUID id,
        String type,
        @Schema(nullable = true) UUID jobId,
        @Schema(nullable = true) UUID messageId,
        DeliveryState state,
        int attempts,
        @Schema(nullable = true) Integer lastStatus,
        @Schema(nullable = true) String lastError,
        Instant createdAt,
        @Schema(nullable = true) Instant nextAttemptAt,
        @Schema(nullable = true) Instant deliveredAt) {
    static DeliveryView of(DeliveryRow row) {
        boolean message = row.type().startsWith("message.");
        return new DeliveryView(
                row.id(),
                row.type(),
                message ? null : row.subjectId(),
                message ? row.subjectId() : null,
                DeliveryState.parse(row.state()),
                row.attempts(),
                row.lastStatus(),
                row.lastError(),
                row.createdAt(),
                row.dueAt(),
                row.deliveredAt());
    }
}
