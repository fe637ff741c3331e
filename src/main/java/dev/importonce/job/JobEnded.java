package dev.importonce.job;

import java.util.UUID;

/** Fired in the transaction that gives a job its final status, so that watchers need not wait for the next poll. */
public record JobEnded(UUID id) {}
