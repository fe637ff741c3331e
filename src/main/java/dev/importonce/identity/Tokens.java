package dev.importonce.identity;

import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.words.Sentence;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jose4j.http.Get;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.HttpsJwks;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.keys.HmacKey;
import org.jose4j.keys.resolvers.HttpsJwksVerificationKeyResolver;
import org.jose4j.lang.JoseException;

/** Verifies bearer tokens as Supabase issues them and reads the caller from their claims. */
@ApplicationScoped
public class Tokens {
    private static final Logger LOG = Logger.getLogger(Tokens.class);
    private static final int CLOCK_SKEW_SECONDS = 5;
    private static final long LATEST_SECONDS = 253_402_300_799L;
    private static final long KEYS_SURVIVE_OUTAGE_SECONDS = 24 * 3600;

    private static final int FETCH_MILLIS = 3_000;
    private static final Set<String> OF_SECRET = Set.of(AlgorithmIdentifiers.HMAC_SHA256);
    private static final Set<String> OF_KEY_SET =
            Set.of(AlgorithmIdentifiers.RSA_USING_SHA256, AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);

    /** Algorithm to verifier: a key is used only for the algorithms for which it was published. */
    private final Map<String, JwtConsumer> consumers = new HashMap<>();

    private final boolean keysAreFetched;

    Tokens(SupabaseConfig config, @ConfigProperty(name = "importonce.jwt-issuer") Optional<String> issuer) {
        config.jwtSecret().ifPresent(value -> {
            JwtConsumerBuilder builder = builder(issuer)
                    .setVerificationKey(new HmacKey(value.getBytes(StandardCharsets.UTF_8)))
                    .setRelaxVerificationKeyValidation();
            permit(builder, OF_SECRET);
        });
        keysAreFetched = config.jwksUrl().isPresent();
        config.jwksUrl().ifPresent(url -> {
            HttpsJwks keys = new HttpsJwks(url);
            keys.setSimpleHttpGet(quickGet());
            keys.setRetainCacheOnErrorDuration(KEYS_SURVIVE_OUTAGE_SECONDS);
            permit(builder(issuer).setVerificationKeyResolver(new HttpsJwksVerificationKeyResolver(keys)), OF_KEY_SET);
        });
    }

    /** Whether callers need a token at all. */
    public boolean required() {
        return !consumers.isEmpty();
    }

    /** Whether verification may block while keys are fetched. */
    boolean mayBlock() {
        return keysAreFetched;
    }

    /**
     * Verifies a token. A refused token is a problem (401); 503 when the token's key could not be fetched.
     *
     * @param token compact serialisation (RFC 7515)
     * @param actFor the user a service acts for, or null
     */
    SignedIn verify(String token, UUID actFor) {
        try {
            JwtConsumer consumer = consumers.get(
                    JsonWebStructure.fromCompactSerialization(token).getAlgorithmHeaderValue());
            if (consumer == null) throw invalid();
            JwtClaims claims = consumer.processToClaims(token);
            return SignedIn.with(token, caller(claims, actFor), until(claims));
        } catch (InvalidJwtException e) {
            if (isKeySetAway(e)) throw new ProblemException(ProblemType.UNAVAILABLE, Sentence.of("keys-not-fetched"));
            // Error codes only: the message quotes the token's claims.
            LOG.debugf(
                    "token refused: %s",
                    e.getErrorDetails().stream().map(d -> d.getErrorCode()).toList());
            throw invalid();
        } catch (JoseException | MalformedClaimException e) {
            throw invalid();
        }
    }

    /**
     * Whether the key set could not be fetched, which is needed for the first key, or for a key that was published since the
     * last fetch. Keys that were fetched before remain in use.
     */
    private static boolean isKeySetAway(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) if (t instanceof IOException) return true;
        return false;
    }

    private static Get quickGet() {
        Get get = new Get();
        get.setConnectTimeout(FETCH_MILLIS);
        get.setReadTimeout(FETCH_MILLIS);
        get.setRetries(0);
        return get;
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

    /** The last second at which the token is accepted; a number that is too large for a date counts as the year 9999. */
    private static Instant until(JwtClaims claims) throws MalformedClaimException {
        long seconds = Math.min(claims.getExpirationTime().getValue(), LATEST_SECONDS);
        return Instant.ofEpochSecond(seconds + CLOCK_SKEW_SECONDS);
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

    private void permit(JwtConsumerBuilder builder, Set<String> algorithms) {
        JwtConsumer consumer = builder.setJwsAlgorithmConstraints(
                        AlgorithmConstraints.ConstraintType.PERMIT, algorithms.toArray(String[]::new))
                .build();
        algorithms.forEach(algorithm -> consumers.put(algorithm, consumer));
    }

    private static ProblemException invalid() {
        return new ProblemException(ProblemType.UNAUTHENTICATED, Sentence.of("token-not-valid"));
    }
}
