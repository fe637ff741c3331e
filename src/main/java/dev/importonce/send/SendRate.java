package dev.importonce.send;

import java.time.Duration;
import java.time.format.DateTimeParseException;

/**
 * A rate limit: at most {@code count} messages in any window of this length.
 *
 * @param count 1 to 1,000,000
 * @param window up to a day, at least a millisecond per message
 */
public record SendRate(int count, Duration window) {
    /** Refuses values that are not a rate. */
    public SendRate {
        if (count < 1
                || count > 1_000_000
                || window.compareTo(Duration.ofMillis(count)) < 0
                || window.compareTo(Duration.ofDays(1)) > 0) throw invalid();
    }

    /** SmallRye Config calls this method to convert the setting. */
    public static SendRate valueOf(String text) {
        String[] parts = text.split("/", -1);
        try {
            if (parts.length == 2) return new SendRate(Integer.parseInt(parts[0]), Duration.parse(parts[1]));
        } catch (NumberFormatException | DateTimeParseException e) {
            throw invalid();
        }
        throw invalid();
    }

    /** The part of the window that one message takes. */
    Duration interval() {
        return window.dividedBy(count);
    }

    private static IllegalArgumentException invalid() {
        return new IllegalArgumentException(
                "IMPORTONCE_PROVIDER_RATE must be count/duration, as in 100/PT1M: 1 to 1000000, at least a millisecond each, within a day.");
    }
}
