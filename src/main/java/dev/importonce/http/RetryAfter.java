package dev.importonce.http;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** The header {@code Retry-After} of an answer (RFC 9110, section 10.2.3): seconds or a date. */
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
