package dev.importonce.webhook;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The receiver as it is configured. A setting that cannot work ends the start, with a sentence that does not show it. */
@ApplicationScoped
class Receiver {
    private static final String ALLOW = "IMPORTONCE_WEBHOOK_ALLOW_PRIVATE=true";
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[[0-9A-Fa-f:.]+]");
    private static final int HIGHEST_PORT = 65_535;
    private static final Duration LEAST_TIMEOUT = Duration.ofMillis(100);
    private static final Duration MOST_TIMEOUT = Duration.ofMinutes(1);

    private final Optional<URI> url;
    private final List<Secret> secrets;
    private final boolean allowPrivate;

    Receiver(WebhookConfig config) {
        allowPrivate = config.allowPrivate();
        url = config.url().map(String::strip).filter(text -> !text.isEmpty()).map(this::checked);
        if (config.timeout().compareTo(LEAST_TIMEOUT) < 0 || config.timeout().compareTo(MOST_TIMEOUT) > 0)
            throw new IllegalStateException("IMPORTONCE_WEBHOOK_TIMEOUT must be from PT0.1S to PT1M.");
        secrets = url.isEmpty() ? List.of() : Secret.parse(config.secret().orElse(""));
    }

    /** Has this bean made, and so the settings checked. */
    void check(@Observes StartupEvent started) {}

    /** Whether there is one. */
    boolean configured() {
        return url.isPresent();
    }

    URI url() {
        return url.orElseThrow();
    }

    /** One, or two while the secret is being changed. */
    List<Secret> secrets() {
        return secrets;
    }

    /**
     * The addresses of the receiver's host, looked up now, each of which may be connected to. Blocks while the name is
     * resolved.
     *
     * @throws UnknownHostException also when one of the addresses is refused
     */
    List<InetAddress> addresses() throws UnknownHostException {
        return allowed(List.of(InetAddress.getAllByName(url().getHost())));
    }

    /** One that is refused is enough to refuse all: somebody else's names are not to be tried out. */
    List<InetAddress> allowed(List<InetAddress> addresses) throws UnknownHostException {
        if (!allowPrivate && addresses.stream().anyMatch(Networks::isNotPublic))
            throw new UnknownHostException("the host has a private address; only " + ALLOW + " allows that");
        return addresses;
    }

    private URI checked(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw refused("is not a URL.");
        }
        boolean plain = "http".equalsIgnoreCase(uri.getScheme());
        if (!plain && !"https".equalsIgnoreCase(uri.getScheme())) throw refused("must begin with https://.");
        if (uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > HIGHEST_PORT)
            throw refused("has no valid host and port.");
        if (uri.getRawUserInfo() != null) throw refused("must not have a user name or password.");
        if (uri.getRawFragment() != null) throw refused("must not have a fragment (#).");
        if (plain && !allowPrivate) throw refused("must begin with https://; only " + ALLOW + " allows http.");
        if (!allowPrivate && isNotPublic(uri.getHost()))
            throw refused("names this machine or a private address; only " + ALLOW + " allows that.");
        return uri;
    }

    /** Of a name only what needs no look-up: what it resolves to is checked before each attempt. */
    private static boolean isNotPublic(String host) {
        if (host.equalsIgnoreCase("localhost")) return true;
        if (!ADDRESS.matcher(host).matches()) return false;
        try {
            return Networks.isNotPublic(InetAddress.getByName(host));
        } catch (UnknownHostException e) {
            throw refused("has no valid host and port.");
        }
    }

    private static IllegalStateException refused(String why) {
        return new IllegalStateException("IMPORTONCE_WEBHOOK_URL " + why);
    }
}
