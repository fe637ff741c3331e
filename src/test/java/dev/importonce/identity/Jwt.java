package dev.importonce.identity;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;

/** A token as Supabase issues them, ready to be spoilt. */
public final class Jwt {
    public static final String SECRET = "the secret of these tests, of 32 characters or more";

    private final JwtClaims claims = new JwtClaims();

    /** Of someone who has signed in. */
    public static Jwt of(UUID user) {
        return new Jwt()
                .with("sub", user.toString())
                .with("role", "authenticated")
                .with("aud", "authenticated")
                .expiring(600);
    }

    /** Of the back end, which is nobody. */
    public static Jwt ofService() {
        return new Jwt().with("role", "service_role").expiring(600);
    }

    /** With one more claim; null takes it away. */
    public Jwt with(String claim, Object value) {
        if (value == null) claims.unsetClaim(claim);
        else claims.setClaim(claim, value);
        return this;
    }

    /** Expiring that many seconds from now. */
    Jwt expiring(long seconds) {
        return with("exp", System.currentTimeMillis() / 1000 + seconds);
    }

    /** Not to be used for that many seconds from now. */
    Jwt startingIn(long seconds) {
        return with("nbf", System.currentTimeMillis() / 1000 + seconds);
    }

    /** As it is sent behind "Bearer". */
    public String sign() {
        return sign(SECRET, AlgorithmIdentifiers.HMAC_SHA256);
    }

    String sign(String secret, String algorithm) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        signature.setAlgorithmHeaderValue(algorithm);
        signature.setPayload(claims.toJson());
        signature.setDoKeyValidation(false);
        if (secret != null) signature.setKey(new HmacKey(secret.getBytes(StandardCharsets.UTF_8)));
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** By a private key that is published under that id. */
    String sign(java.security.Key key, String keyId, String algorithm) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        signature.setAlgorithmHeaderValue(algorithm);
        signature.setKeyIdHeaderValue(keyId);
        signature.setPayload(claims.toJson());
        signature.setDoKeyValidation(false);
        signature.setKey(key);
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    String unsigned() {
        return sign(null, AlgorithmIdentifiers.NONE);
    }
}
