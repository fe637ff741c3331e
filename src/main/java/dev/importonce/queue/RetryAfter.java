package dev.importonce.queue;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** How long another system asks to wait: the header {@code Retry-After} of its answer (RFC 9110, section 10.2.3), seconds or a date. */
public final class RetryAfter {
    private RetryAfter() {}

    /** @return how long to wait, never negative; null: there is no such header, or it says neither */
    public static Duration parse(String header, Clock clock) {
        if (header == null) return null;
        try {
            String text = header.strip();
            if (text.matches("\\d{1,7}")) return Duration.ofSeconds(Long.parseLong(text));
            Duration until = Duration.between(
                    clock.instant(),
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
            return until.isNegative() ? Duration.ZERO : until;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
