package dev.importonce.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A symmetric signing secret as Standard Webhooks has it. Its {@code toString} shows nothing of it. */
final class Secret {
    private static final String PREFIX = "whsec_";
    private static final int LEAST_BYTES = 24;
    private static final int MOST_BYTES = 64;
    private static final int MOST = 2;

    private static final String HOW = " It is whsec_ and " + LEAST_BYTES + " to " + MOST_BYTES
            + " random bytes in base64: echo \"whsec_$(openssl rand -base64 32)\" makes one.";

    private final byte[] key;

    private Secret(byte[] key) {
        this.key = key;
    }

    /** @param setting one secret, or two separated by white space or a comma */
    static List<Secret> parse(String setting) {
        List<String> parts = Arrays.stream(setting.split("[\\s,]+"))
                .filter(part -> !part.isEmpty())
                .toList();
        if (parts.isEmpty()) throw refused("is missing, though IMPORTONCE_WEBHOOK_URL is set.");
        if (parts.size() > MOST) throw refused("has more than " + MOST + " secrets.");
        return parts.stream().map(Secret::one).toList();
    }

    private static Secret one(String text) {
        if (!text.startsWith(PREFIX)) throw refused("does not begin with " + PREFIX + ".");
        byte[] key;
        try {
            key = Base64.getDecoder().decode(text.substring(PREFIX.length()));
        } catch (IllegalArgumentException e) {
            throw refused("is not base64 behind " + PREFIX + ".");
        }
        if (key.length < LEAST_BYTES) throw refused("is too short.");
        if (key.length > MOST_BYTES) throw refused("is too long.");
        return new Secret(key);
    }

    private static IllegalStateException refused(String why) {
        return new IllegalStateException("IMPORTONCE_WEBHOOK_SECRET " + why + HOW);
    }

    /** The value of {@code webhook-signature}: one signature by each secret, separated by spaces. */
    static String signatures(List<Secret> secrets, UUID id, Instant at, String body) {
        byte[] signed = (id + "." + at.getEpochSecond() + "." + body).getBytes(StandardCharsets.UTF_8);
        return secrets.stream().map(secret -> secret.sign(signed)).collect(Collectors.joining(" "));
    }

    private String sign(byte[] signed) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "a secret";
    }
}
