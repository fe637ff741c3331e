package dev.importonce.webhook;

import java.util.UUID;
import java.util.function.Supplier;

/**
 * What happened.
 *
 * @param subjectId the job, or the message
 * @param occurrence tells apart the events of one type of one subject; 0 where there can be only one
 * @param data JSON, the subject as its endpoint shows it
 * @param shorter JSON, the same without its long parts, for a body that would be too large
 */
public record WebhookEvent(EventType type, UUID subjectId, long occurrence, String data, Supplier<String> shorter) {}
