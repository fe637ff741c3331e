package dev.importonce.postgres;

/**
 * The result of a statement that was tried under a savepoint.
 *
 * @param value what it returned; null when its rows were refused
 * @param refusal why its rows were refused; null: they were not
 * @param kept whether its writes are kept; otherwise they are rolled back
 */
public record Attempt<T>(T value, Refusal refusal, boolean kept) {}
