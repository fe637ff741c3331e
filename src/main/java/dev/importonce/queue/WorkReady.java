package dev.importonce.queue;

/** Fired after a commit that made work due: whoever waits in this process need not wait for the next poll. */
public record WorkReady() {}
