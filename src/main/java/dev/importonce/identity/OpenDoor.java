package dev.importonce.identity;

import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Who may call while no token is needed: only what runs on this machine. Any web page the user opens can
 * reach 127.0.0.1, so a foreign {@code Host} (DNS rebinding) or {@code Origin} (another site) is refused.
 */
@ApplicationScoped
class OpenDoor {
    private static final Pattern LOOPBACK = Pattern.compile(
            "(?i)(localhost|[a-z0-9.-]+\\.localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1])(:\\d{1,5})?");

    private final boolean loopbackOnly;

    OpenDoor(@ConfigProperty(name = "quarkus.http.host") String boundTo) {
        loopbackOnly = LOOPBACK.matcher(boundTo).matches();
    }

    void check(String host, String origin) {
        if (loopbackOnly && (host == null || !LOOPBACK.matcher(host).matches()))
            throw new ProblemException(
                    ProblemType.FORBIDDEN, "Without sign-in this service answers only to localhost and 127.0.0.1.");
        if (origin != null && !isOurs(origin, host))
            throw new ProblemException(
                    ProblemType.FORBIDDEN, "Without sign-in this service does not answer to pages of other sites.");
    }

    /** Whether a page of that origin is one of this machine. */
    boolean isOurs(String origin, String host) {
        try {
            String authority = URI.create(origin).getRawAuthority();
            return authority != null
                    && (authority.equalsIgnoreCase(host)
                            || LOOPBACK.matcher(authority).matches());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
