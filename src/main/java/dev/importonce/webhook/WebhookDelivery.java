package dev.importonce.webhook;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** The table of events without their bodies, read as {@link DeliveryRow}. */
@Entity
@Immutable
@Table(name = "webhook_events")
class WebhookDelivery {
    @Id
    UUID id;

    String type;
    UUID subjectId;
    String state;
    int attempts;
    Integer lastStatus;
    String lastError;
    Instant createdAt;
    Instant dueAt;
    Instant deliveredAt;
}
