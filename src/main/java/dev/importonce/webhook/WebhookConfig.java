package dev.importonce.webhook;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** The receiver of events. */
@ConfigMapping(prefix = "importonce.webhook")
interface WebhookConfig {
    /** Where events are posted to; without it no event is written. */
    Optional<String> url();

    /** {@code whsec_} and 24 to 64 bytes in base64; while it is being changed, the old one and the new one. */
    Optional<String> secret();

    /** Whether the receiver may be in this machine or a private network, and be asked by http. */
    @WithDefault("false")
    boolean allowPrivate();

    /** For the whole answer of one attempt. */
    @WithDefault("PT20S")
    Duration timeout();
}
