package dev.importonce.key;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.erdtman.jcs.JsonCanonicalizer;

/** The canonical form of a JSON value: sorted keys, no white space, ECMAScript numbers (RFC 8785). */
public final class CanonicalJson {
    private CanonicalJson() {}

    /**
     * @param json an object or array, without duplicate keys and unpaired surrogates
     * @return UTF-8
     */
    public static byte[] of(String json) {
        try {
            String canonical = new JsonCanonicalizer(json).getEncodedString();
            // String.getBytes would turn every unpaired surrogate into the same question mark.
            ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(canonical));
            return Arrays.copyOf(utf8.array(), utf8.limit());
        } catch (IOException e) {
            throw new IllegalArgumentException("not JSON", e);
        }
    }
}
