package dev.importonce.identity;

import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.words.Sentence;
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
 * Decides who may call when no token is needed. Every web page can send requests to all servers that its reader's machine
 * can reach; therefore a foreign {@code Host} (DNS rebinding) or {@code Origin} (another site) is refused. Accepted are the
 * local names of this machine, the address on which the service listens, and the hosts in {@code IMPORTONCE_ALLOWED_HOSTS}.
 */
@ApplicationScoped
class OpenDoor {
    private static final Pattern LOOPBACK = Pattern.compile(
            "(?i)(localhost|[a-z0-9.-]+\\.localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1])(:\\d{1,5})?");

    private static final Pattern AUTHORITY = Pattern.compile("(\\[[^\\[\\]]+]|[^\\[\\]:]+)(:\\d{1,5})?");

    /**
     * For a listening server, these mean every address of the machine. In a browser, they mean the browser's own machine,
     * for any page.
     */
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
        if (!isKnown(host)) throw new ProblemException(ProblemType.FORBIDDEN, Sentence.of("host-not-allowed"));
        if (origin != null && !isOurs(origin, host))
            throw new ProblemException(ProblemType.FORBIDDEN, Sentence.of("page-of-other-site"));
    }

    /** Whether the origin is this machine, or the same known host as in the request's Host header. */
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

    /** The host in the form of a Host header, without the port; an IPv6 address in brackets (RFC 3986, section 3.2.2). */
    private static String normal(String host) {
        String name = host.strip().toLowerCase(Locale.ROOT);
        return name.indexOf(':') >= 0 && !name.startsWith("[") ? "[" + name + "]" : name;
    }
}
