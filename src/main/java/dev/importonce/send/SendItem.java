package dev.importonce.send;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;

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
        String error,
        Instant scheduledFor,
        Instant createdAt,
        Instant updatedAt,
        Instant sentAt) {}
