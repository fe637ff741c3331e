package dev.importonce.webhook;

import com.fasterxml.jackson.annotation.JsonValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How far the delivery of an event is. */
@RegisterForReflection
@Schema(name = "WebhookDeliveryState")
public enum DeliveryState {
    PENDING,
    DELIVERED,
    FAILED;

    /** The state with this name, if there is one. */
    static Optional<DeliveryState> of(String word) {
        return Arrays.stream(values())
                .filter(state -> state.word().equals(word))
                .findFirst();
    }

    /** Reads a stored state; one of another version reads as pending. */
    static DeliveryState parse(String word) {
        return of(word).orElse(PENDING);
    }

    /** As in the API and in the table. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
