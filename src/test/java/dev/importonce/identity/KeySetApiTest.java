package dev.importonce.identity;

import static org.jose4j.jws.AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256;
import static org.jose4j.jws.AlgorithmIdentifiers.HMAC_SHA256;
import static org.jose4j.jws.AlgorithmIdentifiers.RSA_PSS_USING_SHA256;
import static org.jose4j.jws.AlgorithmIdentifiers.RSA_USING_SHA256;
import static org.jose4j.jws.AlgorithmIdentifiers.RSA_USING_SHA512;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.Imports;
import dev.importonce.fixture.Jwt;
import dev.importonce.fixture.Refusal;
import dev.importonce.fixture.Send;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.fixture.WithTokens;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens signed by published keys, beside ones signed by the shared secret, as in a project that is moving from one to the other. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@QuarkusTestResource(value = KeySet.class, restrictToAnnotatedClass = true)
@TestProfile(KeySetApiTest.BothKinds.class)
class KeySetApiTest {
    private static final UUID USER = UUID.randomUUID();
    private static final String ISSUER = "https://project.supabase.example/auth/v1";
    private static final String NOT_VALID = "The bearer token is not valid here or has expired. Sign in again.";
    private static final long PATIENCE_SECONDS = 20;

    private final RsaJsonWebKey rsa = rsa("rsa-" + UUID.randomUUID());
    private final EllipticCurveJsonWebKey ec = ec("ec-" + UUID.randomUUID());

    KeySet keys;

    /** With a shared secret, too, and an issuer. */
    public static class BothKinds extends WithTokens {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
            settings.put("importonce.jwt-issuer", ISSUER);
            return settings;
        }
    }

    /** Other tests have had keys of their own: the next fetch is due once their reprieve is over. */
    @BeforeEach
    void published() {
        keys.away(false);
        keys.publish(rsa, ec);
        awaitStatus(200, signed(rsa, RSA_USING_SHA256));
    }

    @Test
    void published_keys_of_both_kinds_and_the_secret_are_good() {
        assertEquals(200, get(signed(rsa, RSA_USING_SHA256)).statusCode());
        assertEquals(200, get(signed(ec, ECDSA_USING_P256_CURVE_AND_SHA256)).statusCode());
        assertEquals(200, get(token().sign()).statusCode());
    }

    @Test
    void keys_are_fetched_once_and_not_for_each_request() {
        int before = keys.fetches();
        for (int i = 0; i < 20; i++)
            assertEquals(200, get(signed(rsa, RSA_USING_SHA256)).statusCode());
        assertEquals(before, keys.fetches());
    }

    @Test
    void a_later_key_is_accepted_at_once_and_a_withdrawn_one_is_not() {
        RsaJsonWebKey next = rsa("next");
        keys.publish(next);
        awaitStatus(200, signed(next, RSA_USING_SHA256));
        assertRefused(signed(rsa, RSA_USING_SHA256));
    }

    @Test
    void without_the_key_set_known_keys_work_and_unknown_get_503() {
        keys.away(true);
        RsaJsonWebKey unknown = rsa("unknown");
        awaitStatus(503, signed(unknown, RSA_USING_SHA256));
        HttpResponse<String> response = get(signed(unknown, RSA_USING_SHA256));
        if (response.statusCode() == 503) Refusal.of(response).isProblem();
        assertEquals(200, get(signed(rsa, RSA_USING_SHA256)).statusCode());
        assertEquals(200, get(token().sign()).statusCode());

        keys.publish(rsa, ec, unknown);
        keys.away(false);
        awaitStatus(200, signed(unknown, RSA_USING_SHA256));
    }

    @Test
    void without_any_key_yet_nobody_is_told_to_sign_in_again() {
        Tokens tokens = new Tokens(
                new SupabaseConfig() {
                    @Override
                    public Optional<String> jwtSecret() {
                        return Optional.empty();
                    }

                    @Override
                    public Optional<String> jwksUrl() {
                        return Optional.of("http://127.0.0.1:1/jwks.json");
                    }
                },
                Optional.empty());
        ProblemException away =
                assertThrows(ProblemException.class, () -> tokens.verify(signed(rsa, RSA_USING_SHA256), null));
        assertEquals(ProblemType.UNAVAILABLE, away.type());
    }

    @Test
    void a_token_signed_with_what_everybody_knows_is_refused() {
        byte[] der = rsa.getPublicKey().getEncoded();
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END PUBLIC KEY-----\n";
        for (byte[] known : new byte[][] {
            der, pem.getBytes(StandardCharsets.UTF_8), rsa.toJson().getBytes(StandardCharsets.UTF_8)
        }) assertRefused(token().sign(new HmacKey(known), rsa.getKeyId(), HMAC_SHA256));
    }

    @Test
    void a_key_is_good_for_its_own_algorithm_only() {
        assertRefused(token().sign(ec.getPrivateKey(), rsa.getKeyId(), ECDSA_USING_P256_CURVE_AND_SHA256));
        assertRefused(token().sign(rsa.getPrivateKey(), ec.getKeyId(), RSA_USING_SHA256));
        assertRefused(token().sign(rsa.getPrivateKey(), rsa.getKeyId(), RSA_USING_SHA512));
        assertRefused(token().sign(rsa.getPrivateKey(), rsa.getKeyId(), RSA_PSS_USING_SHA256));
        assertRefused(token().unsigned());
    }

    @Test
    void a_strangers_key_under_a_known_name_is_refused() {
        assertRefused(token().sign(rsa("stranger").getPrivateKey(), rsa.getKeyId(), RSA_USING_SHA256));
        assertRefused(token().sign(ec("stranger").getPrivateKey(), ec.getKeyId(), ECDSA_USING_P256_CURVE_AND_SHA256));
    }

    @Test
    void a_good_signature_does_not_make_up_for_the_rest() {
        for (Jwt spoilt : new Jwt[] {
            token().expiring(-60),
            token().startingIn(60),
            token().with("exp", null),
            token().with("aud", "elsewhere"),
            token().with("iss", "https://elsewhere.example"),
            token().with("iss", null),
            token().with("sub", "ann"),
            token().with("role", "anon")
        }) {
            assertRefused(spoilt.sign(rsa.getPrivateKey(), rsa.getKeyId(), RSA_USING_SHA256));
            assertRefused(spoilt.sign());
        }
    }

    /** Keys are waited for while the body comes in. */
    @Test
    void a_large_file_with_a_bad_token_is_refused_like_any_request() {
        byte[] file = Imports.csv("ann@example.com,Ann,Lee\n".repeat(400_000));
        for (int i = 0; i < 3; i++)
            Refusal.of(Send.send(Send.request("/api/sources")
                            .header("Authorization", "Bearer " + signed(rsa("stranger"), RSA_USING_SHA256))
                            .header("Content-Type", "text/csv")
                            .POST(BodyPublishers.ofByteArray(file))))
                    .is("unauthenticated", NOT_VALID);
        assertEquals(200, get(signed(rsa, RSA_USING_SHA256)).statusCode());
    }

    private static Jwt token() {
        return Jwt.of(USER).with("iss", ISSUER);
    }

    private static String signed(PublicJsonWebKey key, String algorithm) {
        return token().sign(key.getPrivateKey(), key.getKeyId(), algorithm);
    }

    private static void assertRefused(String token) {
        Refusal.of(get(token)).is("unauthenticated", NOT_VALID);
    }

    /** Keys are not fetched twice within a third of a second: until then an unknown one is unknown. */
    private static void awaitStatus(int status, String token) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (get(token).statusCode() != status) {
            assertTrue(System.nanoTime() < deadline, "status never was " + status);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private static HttpResponse<String> get(String token) {
        return Send.send(Send.request("/api/migrations").header("Authorization", "Bearer " + token));
    }

    private static RsaJsonWebKey rsa(String id) {
        try {
            RsaJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
            key.setKeyId(id);
            key.setAlgorithm(RSA_USING_SHA256);
            return key;
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static EllipticCurveJsonWebKey ec(String id) {
        try {
            EllipticCurveJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
            key.setKeyId(id);
            key.setAlgorithm(ECDSA_USING_P256_CURVE_AND_SHA256);
            return key;
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }
}
