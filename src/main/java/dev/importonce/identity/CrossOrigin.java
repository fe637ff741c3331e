package dev.importonce.identity;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Decides which pages may read the answers (Fetch Standard, section 3.2). With sign-in: pages of the configured origins, by
 * default of any origin, since a page can do nothing without a token, and the service uses no cookies. Without sign-in:
 * pages of this machine.
 */
@ApplicationScoped
class CrossOrigin {
    /** Runs before every handler that answers. */
    private static final int FIRST = 1100;

    private static final String ANY = "*";

    /** Headers of supabase-js, of this service, and of resumable uploads (tus 1.0). */
    private static final String HEADERS = "authorization, apikey, content-type, x-client-info, x-region, x-retry-count,"
            + " x-supabase-api-version, idempotency-key, x-user-id, accept, cache-control, last-event-id,"
            + " tus-resumable, upload-length, upload-offset, upload-metadata, upload-defer-length, x-http-method-override";

    private static final String METHODS = "GET, HEAD, POST, PATCH, DELETE, OPTIONS";
    /** Headers of answers that pages could not read otherwise (Fetch Standard, section 2.2.2). */
    private static final String EXPOSED = "Location, Retry-After, WWW-Authenticate, Content-Disposition,"
            + " Tus-Resumable, Tus-Version, Tus-Extension, Tus-Max-Size, Upload-Length, Upload-Offset, Upload-Expires,"
            + " Upload-Metadata, Upload-Source-Id, Allow";

    private static final String DAY_SECONDS = "86400";

    private final Tokens tokens;
    private final OpenDoor openDoor;
    private final Set<String> origins;

    /** @param origins origins as in the Origin header, separated by commas; {@code *}: any origin */
    CrossOrigin(
            Tokens tokens,
            OpenDoor openDoor,
            @ConfigProperty(name = "importonce.cors-origins", defaultValue = ANY) Set<String> origins) {
        this.tokens = tokens;
        this.openDoor = openDoor;
        this.origins = origins;
    }

    void register(@Observes Filters filters) {
        filters.register(this::answer, FIRST);
    }

    private void answer(RoutingContext exchange) {
        String origin = exchange.request().getHeader(HttpHeaders.ORIGIN);
        String path = exchange.request().path();
        if (origin == null || path == null || !path.startsWith("/api/") && !path.startsWith("/functions/")) {
            exchange.next();
            return;
        }
        HttpServerResponse response = exchange.response();
        response.putHeader(HttpHeaders.VARY, "Origin");
        boolean allowed = mayRead(origin, exchange.request().getHeader(HttpHeaders.HOST));
        if (allowed) {
            boolean any = tokens.required() && origins.contains(ANY);
            response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, any ? ANY : origin);
            response.putHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
        }
        if (!allowed || !isPreflight(exchange)) {
            exchange.next();
            return;
        }
        response.setStatusCode(204)
                .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS)
                .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, HEADERS)
                .putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, DAY_SECONDS)
                .end();
    }

    private boolean mayRead(String origin, String host) {
        return tokens.required() ? origins.contains(ANY) || origins.contains(origin) : openDoor.isOurs(origin, host);
    }

    private static boolean isPreflight(RoutingContext exchange) {
        return exchange.request().method().equals(HttpMethod.OPTIONS)
                && exchange.request().getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD) != null;
    }
}
