package dev.importonce.send;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** The table of the send queue, read as {@link SendItem}. */
@Entity
@Immutable
@Table(name = "send_queue")
class QueuedMessage {
    @Id
    UUID id;

    UUID orgId;
    String campaignId;
    String prospectId;
    int step;
    String channel;
    String body;

    @Convert(converter = Word.class)
    SendStatus status;

    int attempts;

    @Column(name = "last_error")
    String error;

    Instant scheduledFor;
    Instant createdAt;
    Instant updatedAt;
    Instant sentAt;

    /** Reads stored words with {@link SendStatus#parse}, which accepts those of other versions. */
    static class Word implements AttributeConverter<SendStatus, String> {
        @Override
        public String convertToDatabaseColumn(SendStatus status) {
            return status.word();
        }

        @Override
        public SendStatus convertToEntityAttribute(String word) {
            return SendStatus.parse(word);
        }
    }
}
