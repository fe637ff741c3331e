package dev.importonce.platform;

import io.quarkiverse.web.bundler.runtime.Bundle;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Gives each bundle of scripts an address that stays the same, such as {@code /embed/importonce.js}: the names of the built
 * files contain a hash, and pages of others cannot know it. The bundler writes the paths of other scripts from the root on, with
 * no setting for it; they are made relative, so that scripts find each other behind any path of a reverse proxy. The page is sent
 * with the names of the scripts that its own script imports, which the browser would otherwise learn only from that script.
 */
@ApplicationScoped
class BundleAddresses {
    private static final String FOLDER = "/embed/";

    private static final String PAGE = "app.js";

    /** The page, and the import button for pages of others. */
    private static final Set<String> BUNDLES = Set.of(PAGE, "importonce.js");

    private static final String ASKED_WITHOUT_HASH = "importonce.without-hash";

    /** A script in a string, as imports name it. */
    private static final Pattern FROM_THE_ROOT = Pattern.compile("([\"'])" + FOLDER + "(?=[A-Za-z0-9_-]+[.]js\\1)");

    /** An import at the beginning of a script, once it is relative. */
    private static final Pattern IMPORTED = Pattern.compile("(?:from|import)\"[.]/([A-Za-z0-9_-]+[.]js)\"");

    /** By path; few, and each is read once. */
    private final Map<String, Optional<Script>> scripts = new ConcurrentHashMap<>();

    void register(@Observes Router router, Bundle bundle) {
        for (String name : BUNDLES) {
            String built = bundle.resolve(name);
            if (built != null)
                router.get(FOLDER + name).handler(exchange -> exchange.put(ASKED_WITHOUT_HASH, true)
                        .reroute(built));
        }
        String page = bundle.resolve(PAGE);
        if (page != null) router.get("/").handler(exchange -> announceScripts(exchange, page));
        router.get(FOLDER + "*").handler(BundleAddresses::limitCaches);
        router.getWithRegex(FOLDER + "[A-Za-z0-9_-]+[.]js").handler(this::answerScript);
    }

    private void announceScripts(RoutingContext exchange, String page) {
        script(page).filter(script -> !script.imports().isEmpty()).ifPresent(script -> exchange.response()
                .putHeader("Link", script.imports()));
        exchange.next();
    }

    /** What a name with a hash means never changes; what an address without one means changes with each release. */
    private static void limitCaches(RoutingContext exchange) {
        boolean built = exchange.get(ASKED_WITHOUT_HASH) == null;
        exchange.response()
                .putHeader(HttpHeaders.CACHE_CONTROL, built ? "public, max-age=31536000, immutable" : "no-cache");
        exchange.next();
    }

    private void answerScript(RoutingContext exchange) {
        Optional<Script> script = script(exchange.normalizedPath());
        if (script.isEmpty()) {
            exchange.next();
            return;
        }
        // Otherwise Quarkus would not compress it, as nothing but static files.
        exchange.response().headers().remove(HttpHeaders.CONTENT_ENCODING);
        exchange.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/javascript;charset=UTF-8")
                .end(script.get().text());
    }

    private Optional<Script> script(String path) {
        return scripts.computeIfAbsent(path, BundleAddresses::read);
    }

    /** A script whose imports are relative to it; nothing if there is none of that name. */
    private static Optional<Script> read(String path) {
        ClassLoader resources = Thread.currentThread().getContextClassLoader();
        try (InputStream in = resources.getResourceAsStream("META-INF/resources" + path)) {
            if (in == null) return Optional.empty();
            String script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Optional.of(Script.of(FROM_THE_ROOT.matcher(script).replaceAll("$1./")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param imports the scripts that it imports at once, as a value of the header Link for the page */
    private record Script(String text, String imports) {
        static Script of(String text) {
            return new Script(
                    text,
                    IMPORTED.matcher(text)
                            .results()
                            .map(imported -> "<embed/" + imported.group(1) + ">; rel=modulepreload")
                            .collect(Collectors.joining(", ")));
        }
    }
}
