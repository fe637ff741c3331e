package dev.importonce.queue;

/**
 * Fired in a transaction that makes work due: whoever waits need not wait for the next poll.
 *
 * @param everywhere whether other processes are to hear of it, too: once per submit, never per chunk
 */
public record WorkReady(boolean everywhere) {}
