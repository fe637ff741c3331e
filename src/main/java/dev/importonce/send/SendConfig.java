package dev.importonce.send;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/** The provider that sends messages. */
@ConfigMapping(prefix = "importonce.provider")
interface SendConfig {
    /** Its URL, http or https; without it messages stay in the queue and none is sent. */
    Optional<URI> url();

    /** Sent as X-API-KEY. */
    Optional<String> key();

    /**
     * Whether the provider sends once per Idempotency-Key: then a message whose outcome is unknown is sent again with the
     * same key.
     */
    @WithDefault("false")
    boolean idempotent();

    /**
     * Rate limit per organisation and channel, as count/duration ({@code 100/PT1M}); without it as many messages as the
     * provider accepts.
     */
    Optional<SendRate> rate();

    /**
     * How many requests all threads and cron runs of this process have at the provider at once: a provider serves a few at a
     * time, and what is sent when a process is killed is in doubt.
     */
    @WithDefault("8")
    Concurrency concurrency();
}
