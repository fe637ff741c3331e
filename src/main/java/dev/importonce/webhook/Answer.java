package dev.importonce.webhook;

import java.time.Duration;

/**
 * How an attempt ended.
 *
 * @param status the HTTP status; null: there was no whole answer
 * @param error in words, without anything that the receiver sent; null when the event was delivered
 * @param retryAfter how long the receiver asked to wait; null: it did not ask
 */
record Answer(Integer status, String error, Duration retryAfter) {
    private static final int GONE = 410;

    static Answer none(String why) {
        return new Answer(null, why, null);
    }

    static Answer status(int status, Duration retryAfter) {
        boolean accepted = status / 100 == 2;
        return new Answer(status, accepted ? null : "the receiver answered " + status, retryAfter);
    }

    boolean accepted() {
        return error == null;
    }

    /** Whether the receiver wants no further attempt. */
    boolean gone() {
        return status != null && status == GONE;
    }
}
