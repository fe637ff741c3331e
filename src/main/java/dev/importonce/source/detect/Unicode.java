package dev.importonce.source.detect;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Recognises character sets by a byte order mark or by zero bytes. */
public final class Unicode {
    private static final Charset UTF_32LE = Charset.forName("UTF-32LE");
    private static final Charset UTF_32BE = Charset.forName("UTF-32BE");

    /** Length of the longest mark, in bytes. */
    public static final int MARK_BYTES = 4;

    /** Number of bytes that are examined if there is no mark. */
    private static final int FIRST_BYTES = 1024;

    private Unicode() {}

    /** The character set of the byte order mark, or null. */
    static Charset marked(byte[] start) {
        if (Encodings.starts(start, 0xEF, 0xBB, 0xBF)) return StandardCharsets.UTF_8;
        // Checked before UTF-16, since its mark begins with that of UTF-16.
        if (Encodings.starts(start, 0xFF, 0xFE, 0, 0)) return UTF_32LE;
        if (Encodings.starts(start, 0, 0, 0xFE, 0xFF)) return UTF_32BE;
        if (Encodings.starts(start, 0xFF, 0xFE)) return StandardCharsets.UTF_16LE;
        return Encodings.starts(start, 0xFE, 0xFF) ? StandardCharsets.UTF_16BE : null;
    }

    /** Length of the character set's mark, in bytes. */
    static int markLength(Charset charset) {
        if (charset.equals(StandardCharsets.UTF_8)) return 3;
        return charset.equals(UTF_32LE) || charset.equals(UTF_32BE) ? 4 : 2;
    }

    /**
     * The character set by the zero bytes of ASCII characters, which are always on the same side, whatever the other letters
     * are; or null.
     */
    static Charset wide(byte[] start) {
        int[] zeros = new int[4];
        int units = Math.min(start.length, FIRST_BYTES) / 4;
        for (int i = 0; i < 4 * units; i++) if (start[i] == 0) zeros[i % 4]++;
        if (units == 0) return null;
        if (zeros[3] == units && zeros[2] * 10 >= units * 9 && zeros[0] < units) return UTF_32LE;
        if (zeros[0] == units && zeros[1] * 10 >= units * 9 && zeros[3] < units) return UTF_32BE;
        int before = zeros[0] + zeros[2];
        int behind = zeros[1] + zeros[3];
        // At least one unit in ten is a delimiter, a digit or a line end. A zero byte beside another zero byte is the
        // character U+0000.
        if (Math.max(before, behind) * 5 < units || Math.min(before, behind) * 10 > Math.max(before, behind))
            return null;
        return before > behind ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
    }
}
