package dev.importonce.job;

import java.util.UUID;

/** Fired in the transaction that gives a job its last status: whoever watches it need not wait for the next look. */
public record JobEnded(UUID id) {}
