package dev.importonce.key;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A SHA-256 value (FIPS 180-4).
 *
 * @param hex 64 lower-case hex digits
 */
public record Sha256(String hex) {
    private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{64}");

    public Sha256 {
        if (!SHAPE.matcher(hex).matches()) throw new IllegalArgumentException("not a SHA-256 value");
    }

    /** @param value 32 bytes */
    public static Sha256 of(byte[] value) {
        return new Sha256(HexFormat.of().formatHex(value));
    }

    /** The hash of these bytes. */
    public static Sha256 hash(byte[] content) {
        return of(digest().digest(content));
    }

    /** A fresh digest, for streams. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The 32 bytes. */
    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }
}
