package dev.importonce.key;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.erdtman.jcs.JsonCanonicalizer;

/** The one way to write a JSON value: sorted keys, no white space, ECMAScript numbers (RFC 8785). */
public final class CanonicalJson {
    private CanonicalJson() {}

    /**
     * @param json an object or array, without duplicate keys and halves of surrogate pairs
     * @return UTF-8
     */
    public static byte[] of(String json) {
        try {
            String canonical = new JsonCanonicalizer(json).getEncodedString();
            // String.getBytes would make every half of a surrogate pair the same question mark.
            ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(canonical));
            return Arrays.copyOf(utf8.array(), utf8.limit());
        } catch (IOException e) {
            throw new IllegalArgumentException("not JSON", e);
        }
    }
}
