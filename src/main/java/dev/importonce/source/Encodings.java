package dev.importonce.source;

import com.ibm.icu.text.CharsetDetector;
import com.ibm.icu.text.CharsetMatch;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.mozilla.universalchardet.UniversalDetector;

/** Which character set a text is in, as far as its bytes tell. */
final class Encodings {
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    /** What a detector of languages may say instead of windows-1252. */
    private static final Set<String> CENTRAL_EUROPEAN = Set.of("ISO-8859-2", "windows-1250");

    private static final int CLEARLY = 5;

    private static final String SIGNS =
            "\u00A0\u00A3\u00A7\u00A9\u00AB\u00AE\u00B0\u00B1\u00B2\u00B3\u00B4\u00B7\u00BB\u00BD"
                    + "\u2013\u2014\u2018\u2019\u201C\u201D\u201E\u2022\u2026\u20AC\u2122\u3001\u3002\u30FB\u30FC";

    private Encodings() {}

    /**
     * The likeliest character set.
     *
     * @param start the first bytes of the text, which may end inside a character
     */
    static Charset of(byte[] start) {
        Charset marked = marked(start);
        if (marked != null) return marked;
        Charset wide = wide(start);
        if (wide != null) return wide;
        Utf8 utf8 = new Utf8();
        int wrong = 0;
        for (byte b : start) if ((b < 0 || utf8.isInside()) && !utf8.accepts(b)) wrong++;
        // More characters than faults: UTF-8 that something has damaged, which is to be told.
        if (wrong == 0 || utf8.characters() > CLEARLY * (long) wrong) return StandardCharsets.UTF_8;
        Charset guess = guess(start);
        return isPlausible(start, guess) ? guess : StandardCharsets.UTF_8;
    }

    /** Length of the byte order mark that belongs to a character set, or 0. */
    static int markLength(byte[] start, Charset charset) {
        return charset.equals(marked(start)) ? charset.equals(StandardCharsets.UTF_8) ? 3 : 2 : 0;
    }

    /** The likeliest one of bytes that are not UTF-8: by their statistics, else what Western spreadsheets write. */
    static Charset guess(byte[] bytes) {
        UniversalDetector detector = new UniversalDetector();
        detector.handleData(bytes);
        detector.dataEnd();
        String name = detector.getDetectedCharset();
        boolean usable = name != null && Charset.isSupported(name) && !name.startsWith("UTF-");
        Charset guess = usable ? Charset.forName(name) : WINDOWS_1252;
        // The detector knows no other Latin alphabet than the Western one.
        return guess.equals(WINDOWS_1252) || guess.equals(StandardCharsets.US_ASCII) ? latin(bytes) : guess;
    }

    /**
     * Whether bytes make sense in that character set: every one has a meaning, and what is not ASCII mostly stands
     * among letters, or is a sign that people type.
     */
    static boolean isPlausible(byte[] bytes, Charset charset) {
        CharBuffer text = CharBuffer.allocate(bytes.length);
        // The end may be cut off inside a character.
        if (charset.newDecoder().decode(ByteBuffer.wrap(bytes), text, false).isError()) return false;
        text.flip();
        int likely = 0;
        int others = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < 0x80) continue;
            if (isLikely(text, i)) likely++;
            else others++;
        }
        return likely > others;
    }

    private static boolean isLikely(CharBuffer text, int i) {
        char c = text.charAt(i);
        // The byte 0xFF in Western sets: seldom the letter, mostly no text at all.
        if (c == '\u00FF') return false;
        if (!Character.isLetter(c)) return SIGNS.indexOf(c) >= 0;
        return i > 0 && Character.isLetter(text.charAt(i - 1))
                || i + 1 < text.length() && Character.isLetter(text.charAt(i + 1));
    }

    private static Charset latin(byte[] bytes) {
        CharsetMatch[] matches = new CharsetDetector().setText(bytes).detectAll();
        int western = 0;
        for (CharsetMatch match : matches)
            if (match.getName().equals("ISO-8859-1") || match.getName().equals("windows-1252"))
                western = Math.max(western, match.getConfidence());
        CharsetMatch best = matches.length == 0 ? null : matches[0];
        boolean central = best != null
                && CENTRAL_EUROPEAN.contains(best.getName())
                && best.getConfidence() >= western + CLEARLY
                && Charset.isSupported(best.getName());
        return central ? Charset.forName(best.getName()) : WINDOWS_1252;
    }

    private static Charset marked(byte[] start) {
        if (starts(start, 0xEF, 0xBB, 0xBF)) return StandardCharsets.UTF_8;
        if (starts(start, 0xFF, 0xFE)) return StandardCharsets.UTF_16LE;
        return starts(start, 0xFE, 0xFF) ? StandardCharsets.UTF_16BE : null;
    }

    /** UTF-16 without a mark: what is ASCII in a header has its zero on one side. */
    private static Charset wide(byte[] start) {
        int pairs = Math.min(start.length, 256) / 2;
        int before = 0;
        int behind = 0;
        for (int i = 0; i < pairs; i++) {
            if (start[2 * i] == 0 && start[2 * i + 1] != 0) before++;
            if (start[2 * i] != 0 && start[2 * i + 1] == 0) behind++;
        }
        if (pairs < 2 || Math.max(before, behind) * 2 <= pairs) return null;
        return before > behind ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
    }

    /** Whether the first bytes are those, each from 0 to 255. */
    static boolean starts(byte[] bytes, int... with) {
        if (bytes.length < with.length) return false;
        for (int i = 0; i < with.length; i++) if ((bytes[i] & 0xFF) != with[i]) return false;
        return true;
    }
}
