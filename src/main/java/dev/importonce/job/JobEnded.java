package dev.importonce.job;

import java.util.UUID;

/**
 * Fired in the transaction that gives a job its final status, after its figures have been written: watchers need not wait
 * for the next poll, and the webhook is told in that transaction.
 */
public record JobEnded(UUID id, UUID userId) {}
