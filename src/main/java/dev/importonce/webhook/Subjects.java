package dev.importonce.webhook;

import java.util.Optional;
import java.util.UUID;

/** Describes the subject of an event that the database itself wrote, without a body. */
public interface Subjects {
    /** The event as of now; empty: it is not of this kind, or its subject is gone. */
    Optional<WebhookEvent> event(String type, UUID subjectId);
}
