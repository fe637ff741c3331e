package dev.importonce.identity;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The secret of the cron endpoints, if there is one. A separate bean, since filters are instantiated already while a native
 * binary is built.
 */
@ApplicationScoped
class CronSecret {
    private final Optional<byte[]> secret;

    CronSecret(@ConfigProperty(name = "cron.secret") Optional<String> secret) {
        this.secret = secret.filter(text -> !text.isBlank()).map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    /** Compares in constant time, so that the time does not tell where the texts differ. */
    boolean is(String token) {
        return secret.filter(expected -> MessageDigest.isEqual(expected, token.getBytes(StandardCharsets.UTF_8)))
                .isPresent();
    }
}
