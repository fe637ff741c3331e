package dev.importonce.send;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An item of the send queue, to be read. */
@RegisterForReflection
record SendItem(
        UUID id,
        UUID orgId,
        String campaignId,
        String prospectId,
        int step,
        String channel,
        String body,
        SendStatus status,
        int attempts,
        @Schema(nullable = true) String error,
        Instant scheduledFor,
        Instant createdAt,
        Instant updatedAt,
        @Schema(nullable = true) Instant sentAt) {}
