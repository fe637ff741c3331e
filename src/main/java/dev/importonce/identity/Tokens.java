package dev.importonce.identity;

import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.HttpsJwks;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.HmacKey;
import org.jose4j.keys.resolvers.HttpsJwksVerificationKeyResolver;

/** Verifies bearer tokens as Supabase issues them and reads the caller from their claims. */
@ApplicationScoped
class Tokens {
    private static final Logger LOG = Logger.getLogger(Tokens.class);
    private static final int CLOCK_SKEW_SECONDS = 5;
    private static final long KEYS_SURVIVE_OUTAGE_SECONDS = 24 * 3600;

    private final List<JwtConsumer> consumers;

    Tokens(SupabaseConfig config, @ConfigProperty(name = "importonce.jwt-issuer") Optional<String> issuer) {
        var secret = config.jwtSecret().map(value -> {
            JwtConsumerBuilder builder = builder(issuer)
                    .setVerificationKey(new HmacKey(value.getBytes(StandardCharsets.UTF_8)))
                    .setRelaxVerificationKeyValidation();
            return permit(builder, AlgorithmIdentifiers.HMAC_SHA256);
        });
        var keySet = config.jwksUrl().map(url -> {
            HttpsJwks keys = new HttpsJwks(url);
            keys.setRetainCacheOnErrorDuration(KEYS_SURVIVE_OUTAGE_SECONDS);
            JwtConsumerBuilder builder =
                    builder(issuer).setVerificationKeyResolver(new HttpsJwksVerificationKeyResolver(keys));
            return permit(
                    builder,
                    AlgorithmIdentifiers.RSA_USING_SHA256,
                    AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
        });
        consumers = Stream.of(secret, keySet).flatMap(Optional::stream).toList();
    }

    /** Whether callers need a token at all. */
    boolean required() {
        return !consumers.isEmpty();
    }

    /**
     * @param token compact serialisation (RFC 7515)
     * @param actFor the user a service acts for, or null
     */
    Caller verify(String token, UUID actFor) {
        InvalidJwtException refused = null;
        for (JwtConsumer consumer : consumers) {
            try {
                return caller(consumer.processToClaims(token), actFor);
            } catch (InvalidJwtException e) {
                refused = e;
            } catch (MalformedClaimException e) {
                throw invalid();
            }
        }
        // Error codes only: the message quotes the token's claims.
        LOG.debugf(
                "token refused: %s",
                refused == null
                        ? ""
                        : refused.getErrorDetails().stream()
                                .map(d -> d.getErrorCode())
                                .toList());
        throw invalid();
    }

    private static Caller caller(JwtClaims claims, UUID actFor) throws MalformedClaimException {
        String role = claims.getStringClaimValue("role");
        if ("service_role".equals(role)) return new Caller(actFor, actFor, Set.of(), true);
        UUID user = uuid(claims.getSubject());
        if (user == null || "anon".equals(role)) throw invalid();
        UUID org = user;
        Set<UUID> others = new HashSet<>();
        if (claims.getClaimValue("app_metadata") instanceof Map<?, ?> metadata) {
            UUID named = uuid(metadata.get("org_id"));
            if (named != null) org = named;
            if (metadata.get("org_ids") instanceof List<?> ids) ids.forEach(id -> others.add(uuid(id)));
        }
        others.remove(null);
        return new Caller(user, org, Set.copyOf(others), false);
    }

    private static UUID uuid(Object value) {
        try {
            return value instanceof String text ? UUID.fromString(text) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static JwtConsumerBuilder builder(Optional<String> expectedIssuer) {
        JwtConsumerBuilder builder = new JwtConsumerBuilder()
                .setRequireExpirationTime()
                .setAllowedClockSkewInSeconds(CLOCK_SKEW_SECONDS)
                .setExpectedAudience(false, "authenticated");
        expectedIssuer.ifPresent(issuer -> builder.setExpectedIssuer(true, issuer));
        return builder;
    }

    private static JwtConsumer permit(JwtConsumerBuilder builder, String... algorithms) {
        return builder.setJwsAlgorithmConstraints(AlgorithmConstraints.ConstraintType.PERMIT, algorithms)
                .build();
    }

    private static ProblemException invalid() {
        return new ProblemException(
                ProblemType.UNAUTHENTICATED, "The bearer token is not valid here or has expired. Sign in again.");
    }
}
