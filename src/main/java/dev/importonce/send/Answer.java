package dev.importonce.send;

import java.time.Duration;

/** The result of one request to the provider. */
sealed interface Answer {
    /** No byte of the request was written. */
    record NotReached(String why) implements Answer {}

    /** The request may have arrived, but no complete answer came back. */
    record Silent(String why) implements Answer {}

    /**
     * The provider answered.
     *
     * @param retryAfter how long the provider asks us to wait, or null
     * @param warning whether the answer's JSON has a warning
     */
    record Status(int code, Duration retryAfter, boolean warning) implements Answer {}
}
