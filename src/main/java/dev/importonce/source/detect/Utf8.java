package dev.importonce.source.detect;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Checks whether a stream of bytes is UTF-8, while it is read (Unicode Standard, table 3-7). */
public final class Utf8 {
    private int missing;
    private int taken;
    private int lowest = 0x80;
    private int highest = 0xBF;
    private long characters;

    /**
     * A text's bytes. An unpaired surrogate has no form in UTF-8: it is written as U+0000, which no target accepts either,
     * so that its row is rejected.
     */
    public static byte[] of(String text) {
        for (int i = 0; i < text.length(); i++) if (Character.isSurrogate(text.charAt(i))) return withoutHalves(text);
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] withoutHalves(String text) {
        try {
            ByteBuffer utf8 = StandardCharsets.UTF_8
                    .newEncoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .replaceWith(new byte[] {0})
                    .encode(CharBuffer.wrap(text.toCharArray()));
            return Arrays.copyOf(utf8.array(), utf8.limit());
        } catch (CharacterCodingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether this byte may come next; call for every byte outside a run of ASCII. */
    public boolean accepts(byte next) {
        int b = next & 0xFF;
        if (missing > 0) {
            boolean follows = b >= lowest && b <= highest;
            lowest = 0x80;
            highest = 0xBF;
            missing = follows ? missing - 1 : 0;
            taken++;
            if (follows && missing == 0) characters++;
            return follows;
        }
        taken = 0;
        if (b < 0x80) return true;
        if (b < 0xC2 || b > 0xF4) return false;
        missing = b < 0xE0 ? 1 : b < 0xF0 ? 2 : 3;
        // Overlong forms, surrogates and code points beyond U+10FFFF are not accepted.
        if (b == 0xE0) lowest = 0xA0;
        if (b == 0xED) highest = 0x9F;
        if (b == 0xF0) lowest = 0x90;
        if (b == 0xF4) highest = 0x8F;
        return true;
    }

    /** How many bytes before the byte that was not accepted, or before the last byte, the invalid character begins. */
    public int back() {
        return taken;
    }

    /** Number of characters outside ASCII so far. */
    public long characters() {
        return characters;
    }

    /** Whether the bytes so far end inside a character. */
    public boolean isInside() {
        return missing > 0;
    }
}
