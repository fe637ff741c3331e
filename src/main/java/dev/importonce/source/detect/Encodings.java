package dev.importonce.source.detect;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Finds the character set of a text by its bytes. */
public final class Encodings {
    /** ASCII with escape sequences that switch to Japanese. */
    private static final String JIS = "ISO-2022-JP";

    private static final byte ESCAPE = 0x1B;

    /** With this number of UTF-8 characters for each invalid byte, a text is damaged UTF-8. */
    private static final int CLEARLY = 5;

    private Encodings() {}

    /**
     * The likeliest character set.
     *
     * @param start the first bytes of the text, which may end inside a character
     */
    public static Guess of(byte[] start) {
        Charset unicode = Unicode.marked(start);
        if (unicode == null) unicode = Unicode.wide(start);
        if (unicode != null) return Guess.certain(unicode);
        Utf8 utf8 = new Utf8();
        int wrong = 0;
        boolean escapes = false;
        for (byte b : start) {
            if ((b < 0 || utf8.isInside()) && !utf8.accepts(b)) wrong++;
            escapes |= b == ESCAPE;
        }
        if (escapes && isJis(start)) return Guess.certain(Charset.forName(JIS));
        if (wrong == 0 || utf8.characters() > CLEARLY * (long) wrong) return Guess.certain(StandardCharsets.UTF_8);
        return CodePages.guess(Evidence.in(start));
    }

    /** Whether a text in this character set cannot be recognised by its bytes alone. */
    public static boolean isCodePage(Charset charset) {
        return !charset.name().startsWith("UTF-") && !charset.name().equals(JIS);
    }

    /** Length of the byte order mark that belongs to a character set, or 0. */
    public static int markLength(byte[] start, Charset charset) {
        return charset.equals(Unicode.marked(start)) ? Unicode.markLength(charset) : 0;
    }

    /** Whether the bytes start with these, each from 0 to 255. */
    public static boolean starts(byte[] bytes, int... with) {
        if (bytes.length < with.length) return false;
        for (int i = 0; i < with.length; i++) if ((bytes[i] & 0xFF) != with[i]) return false;
        return true;
    }

    /** The decoder accepts only seven-bit bytes, and only valid escape sequences. */
    private static boolean isJis(byte[] start) {
        return Charset.isSupported(JIS)
                && !Charset.forName(JIS)
                        .newDecoder()
                        .decode(ByteBuffer.wrap(start), CharBuffer.allocate(start.length), false)
                        .isError();
    }
}
