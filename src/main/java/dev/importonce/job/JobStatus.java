package dev.importonce.job;

import com.fasterxml.jackson.annotation.JsonValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The state of a job: pending, processing, then one of three final states. */
@RegisterForReflection
public enum JobStatus {
    PENDING,
    PROCESSING,
    COMPLETED,
    FAILED,
    CANCELLED;

    /** As in SQL and JSON. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean isFinal() {
        return this != PENDING && this != PROCESSING;
    }

    public static Optional<JobStatus> of(String word) {
        return Arrays.stream(values())
                .filter(status -> status.word().equals(word))
                .findFirst();
    }

    /** Parses a stored status; jobs that are older than this service may have other words, which are read by their meaning. */
    public static JobStatus parse(String word) {
        return of(word).orElseGet(() -> switch (word.toLowerCase(Locale.ROOT)) {
            case "done", "success", "succeeded", "successful", "finished", "complete", "imported" -> COMPLETED;
            case "error", "errored", "failure" -> FAILED;
            case "canceled", "aborted", "stopped" -> CANCELLED;
            case "running", "in_progress", "in progress", "started", "importing", "active" -> PROCESSING;
            default -> PENDING;
        });
    }
}
