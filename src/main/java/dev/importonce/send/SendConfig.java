package dev.importonce.send;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/** The provider that messages go out through. */
@ConfigMapping(prefix = "importonce.provider")
interface SendConfig {
    /** http or https; without it messages are kept and none is sent. */
    Optional<URI> url();

    /** Sent as X-API-KEY. */
    Optional<String> key();

    /** Whether the provider sends once per Idempotency-Key: then what is in doubt is sent again with the same key. */
    @WithDefault("false")
    boolean idempotent();

    /** Most messages per organisation and channel, as count/duration ({@code 100/PT1M}); without it as many as the provider takes. */
    Optional<SendRate> rate();
}
