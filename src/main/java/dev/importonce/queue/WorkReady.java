package dev.importonce.queue;

/**
 * Fired in a transaction that makes work due, so that idle workers need not wait for the next poll.
 *
 * @param everywhere whether other processes are to be notified, too: once per submit, never per chunk
 */
public record WorkReady(boolean everywhere) {}
