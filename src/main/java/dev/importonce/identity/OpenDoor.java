package dev.importonce.identity;

import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Who may call while no token is needed. Any web page that somebody opens can reach what its reader's machine can reach, so a
 * foreign {@code Host} (DNS rebinding) or {@code Origin} (another site) is refused: known are the names of this machine for
 * itself, the one address that it listens on, and those that {@code IMPORTONCE_ALLOWED_HOSTS} lists.
 */
@ApplicationScoped
class OpenDoor {
    private static final Pattern LOOPBACK = Pattern.compile(
            "(?i)(localhost|[a-z0-9.-]+\\.localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1])(:\\d{1,5})?");

    private static final Pattern AUTHORITY = Pattern.compile("(\\[[^\\[\\]]+]|[^\\[\\]:]+)(:\\d{1,5})?");

    /** Listened on, they are every address that the machine has. In a browser they are this machine, from any page. */
    private static final Set<String> EVERY_ADDRESS = Set.of("0.0.0.0", "[::]", "[0:0:0:0:0:0:0:0]");

    private final Set<String> hosts = new HashSet<>();

    OpenDoor(
            @ConfigProperty(name = "quarkus.http.host") String boundTo,
            @ConfigProperty(name = "importonce.allowed-hosts") Optional<Set<String>> allowed) {
        hosts.add(normal(boundTo));
        allowed.ifPresent(names -> names.forEach(name -> hosts.add(normal(name))));
        hosts.removeAll(EVERY_ADDRESS);
    }

    void check(String host, String origin) {
        if (!isKnown(host))
            throw new ProblemException(
                    ProblemType.FORBIDDEN,
                    "Without sign-in this service answers only to localhost, 127.0.0.1 and the hosts in IMPORTONCE_ALLOWED_HOSTS.");
        if (origin != null && !isOurs(origin, host))
            throw new ProblemException(
                    ProblemType.FORBIDDEN, "Without sign-in this service does not answer to pages of other sites.");
    }

    /** Whether a page of that origin is one of this machine, or of the known host that it asks. */
    boolean isOurs(String origin, String host) {
        try {
            String authority = URI.create(origin).getRawAuthority();
            return authority != null
                    && (authority.equalsIgnoreCase(host) && isKnown(host)
                            || LOOPBACK.matcher(authority).matches());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private boolean isKnown(String authority) {
        if (authority == null) return false;
        if (LOOPBACK.matcher(authority).matches()) return true;
        Matcher parts = AUTHORITY.matcher(authority);
        return parts.matches() && hosts.contains(parts.group(1).toLowerCase(Locale.ROOT));
    }

    /** As it stands in a Host header, without the port; an IPv6 address in brackets (RFC 3986, section 3.2.2). */
    private static String normal(String host) {
        String name = host.strip().toLowerCase(Locale.ROOT);
        return name.indexOf(':') >= 0 && !name.startsWith("[") ? "[" + name + "]" : name;
    }
}
