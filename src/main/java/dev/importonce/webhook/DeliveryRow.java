package dev.importonce.webhook;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;

/** A row of {@link WebhookDelivery}. */
@RegisterForReflection
record DeliveryRow(
        UUID id,
        String type,
        UUID subjectId,
        String state,
        int attempts,
        Integer lastStatus,
        String lastError,
        Instant createdAt,
        Instant dueAt,
        Instant deliveredAt) {}
