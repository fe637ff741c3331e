package dev.importonce.job;

import java.util.UUID;

/** Fired in the transaction that ends a job's undo, after its figures have been written. */
public record JobUndone(UUID id, UUID userId) {}
