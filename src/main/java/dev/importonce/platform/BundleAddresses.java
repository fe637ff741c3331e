package dev.importonce.platform;

import io.quarkiverse.web.bundler.runtime.Bundle;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;

/**
 * Gives each bundle of scripts an address that stays the same, such as {@code /embed/importonce.js}: the names of the built
 * files contain a hash, and pages of others cannot know it.
 */
@ApplicationScoped
class BundleAddresses {
    private static final String FOLDER = "/embed/";

    /** The page, and the import button for pages of others. */
    private static final Set<String> BUNDLES = Set.of("app.js", "importonce.js");

    private static final String ASKED_WITHOUT_HASH = "importonce.without-hash";

    void register(@Observes Router router, Bundle bundle) {
        for (String name : BUNDLES) {
            String built = bundle.resolve(name);
            if (built != null)
                router.get(FOLDER + name).handler(exchange -> exchange.put(ASKED_WITHOUT_HASH, true)
                        .reroute(built));
        }
        router.get(FOLDER + "*").handler(BundleAddresses::limitCaches);
    }

    /** What a name with a hash means never changes; what an address without one means changes with each release. */
    private static void limitCaches(RoutingContext exchange) {
        boolean built = exchange.get(ASKED_WITHOUT_HASH) == null;
        exchange.response()
                .putHeader(HttpHeaders.CACHE_CONTROL, built ? "public, max-age=31536000, immutable" : "no-cache");
        exchange.next();
    }
}
