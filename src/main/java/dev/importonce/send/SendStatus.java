package dev.importonce.send;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The state of a message. */
public enum SendStatus {
    PENDING,
    PROCESSING,
    SENT,
    FAILED,
    /** The message may have been sent; a person has to find out. */
    UNKNOWN;

    /** As in SQL and JSON. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Parses a stored status. A status of another version counts as processing: that version continues with the message. */
    static SendStatus parse(String word) {
        return of(word).orElse(PROCESSING);
    }

    static Optional<SendStatus> of(String word) {
        return Arrays.stream(values())
                .filter(status -> status.word().equals(word))
                .findFirst();
    }
}
