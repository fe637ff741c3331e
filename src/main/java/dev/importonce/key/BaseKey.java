package dev.importonce.key;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The hash of user, mapping and file; two base keys are equal exactly when all three are equal.
 *
 * @param value {@code "v1:"} and 64 lower-case hex digits
 */
public record BaseKey(String value) {
    private static final Pattern SHAPE = Pattern.compile("v1:[0-9a-f]{64}");

    public BaseKey {
        if (!SHAPE.matcher(value).matches()) throw new IllegalArgumentException("not a base key");
    }

    /**
     * @param mapping hash of the canonical form of the resolved mapping
     * @param file hash of the file's bytes as received
     */
    public static BaseKey of(UUID user, Sha256 mapping, Sha256 file) {
        MessageDigest digest = Sha256.digest();
        // The length is written before each part, so that two different triples never give the same bytes.
        part(digest, user.toString().getBytes(StandardCharsets.US_ASCII));
        part(digest, mapping.bytes());
        part(digest, file.bytes());
        return new BaseKey("v1:" + Sha256.of(digest.digest()).hex());
    }

    private static void part(MessageDigest digest, byte[] bytes) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
    }
}
