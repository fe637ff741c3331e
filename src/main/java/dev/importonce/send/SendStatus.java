package dev.importonce.send;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where a message is on its way. */
public enum SendStatus {
    PENDING,
    PROCESSING,
    SENT,
    FAILED,
    /** It may have gone out; a person has to find out. */
    UNKNOWN;

    /** As in SQL and JSON. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A stored status. One of another version is somebody else's to go on with, as what is being sent. */
    static SendStatus parse(String word) {
        return of(word).orElse(PROCESSING);
    }

    static Optional<SendStatus> of(String word) {
        return Arrays.stream(values())
                .filter(status -> status.word().equals(word))
                .findFirst();
    }
}
