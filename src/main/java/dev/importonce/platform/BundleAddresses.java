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

    void register(@Observes Router router, Bundle bundle) {
        for (String name : BUNDLES) {
            String built = bundle.resolve(name);
            if (built != null) router.get(FOLDER + name).handler(exchange -> serve(exchange, built));
        }
    }

    /** The file is for ever as it is, what has this address is not. */
    private static void serve(RoutingContext exchange, String built) {
        exchange.addHeadersEndHandler(end -> exchange.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-cache"));
        exchange.reroute(built);
    }
}
