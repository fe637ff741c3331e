package dev.importonce.identity;

import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.words.Sentence;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.security.spi.runtime.BlockingSecurityExecutor;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Identifies the caller before an endpoint reads a byte of the body. A caller without credentials is anonymous, and the
 * endpoint decides whether anonymous callers may call it; invalid credentials end the request.
 */
@ApplicationScoped
class BearerMechanism implements HttpAuthenticationMechanism {
    private static final String BEARER = "bearer ";
    private static final String API = "/api/";
    private static final String FUNCTIONS = "/functions/";
    private static final String CRON = "/api/cron/";

    /** Also callers with an expired token must be able to ask how to sign in. */
    private static final String SIGN_IN = "/api/sign-in";

    private final Tokens tokens;
    private final OpenDoor openDoor;
    private final CronSecret cronSecret;
    private final BlockingSecurityExecutor blocking;

    BearerMechanism(Tokens tokens, OpenDoor openDoor, CronSecret cronSecret, BlockingSecurityExecutor blocking) {
        this.tokens = tokens;
        this.openDoor = openDoor;
        this.cronSecret = cronSecret;
        this.blocking = blocking;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext exchange, IdentityProviderManager providers) {
        HttpServerRequest request = exchange.request();
        String path = exchange.normalizedPath();
        if (!path.startsWith(API) && !path.startsWith(FUNCTIONS))
            return Uni.createFrom().nullItem();
        if (!tokens.required()) return now(() -> local(request));
        if (path.equals(SIGN_IN)) return Uni.createFrom().nullItem();
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length()))
            return Uni.createFrom().nullItem();
        String token = header.substring(BEARER.length()).trim();
        if (path.startsWith(CRON) && cronSecret.is(token)) return now(() -> identity(SignedIn.CRON));
        String actFor = request.getHeader("X-User-Id");
        Supplier<SecurityIdentity> verified = () -> identity(tokens.verify(token, user(actFor)));
        // The keys of a key set may have to be fetched first.
        return tokens.mayBlock() ? blocking.executeBlocking(verified) : now(verified);
    }

    /** Not used: error answers are made of problems. */
    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext exchange) {
        return Uni.createFrom()
                .item(new ChallengeData(
                        ProblemType.UNAUTHENTICATED.status(), Map.copyOf(ProblemType.UNAUTHENTICATED.headers())));
    }

    private static Uni<SecurityIdentity> now(Supplier<SecurityIdentity> identity) {
        return Uni.createFrom().item(identity);
    }

    private SecurityIdentity local(HttpServerRequest request) {
        // A request of HTTP/1.0 may have no Host header.
        String host = request.getHeader(HttpHeaders.HOST);
        openDoor.check(host != null ? host : authority(request), request.getHeader(HttpHeaders.ORIGIN));
        return identity(SignedIn.LOCAL);
    }

    private static String authority(HttpServerRequest request) {
        return request.authority() == null ? null : request.authority().toString();
    }

    private static SecurityIdentity identity(SignedIn caller) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(caller)
                .addRoles(caller.roles())
                .build();
    }

    private static UUID user(String header) {
        try {
            return header == null ? null : UUID.fromString(header);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemType.MALFORMED_REQUEST, Sentence.of("must-be-uuid", "X-User-Id"));
        }
    }
}
