package dev.importonce.send;

import java.time.Duration;

/** What came of one request to the provider. */
sealed interface Answer {
    /** No byte of the request was written. */
    record NotReached(String why) implements Answer {}

    /** The request may have arrived; no whole answer did. */
    record Silent(String why) implements Answer {}

    /**
     * The provider answered.
     *
     * @param retryAfter how long it asks to wait, or null
     * @param warning whether its JSON holds a warning
     */
    record Status(int code, Duration retryAfter, boolean warning) implements Answer {}
}
