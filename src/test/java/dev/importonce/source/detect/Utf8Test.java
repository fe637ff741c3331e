package dev.importonce.source.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.importonce.problem.ProblemException;
import dev.importonce.source.csv.CsvPlanner;
import dev.importonce.source.format.Format;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The strict decoder of the platform says what UTF-8 is. */
class Utf8Test {
    /** The first and last byte of every range in table 3-7 of the Unicode Standard, and their neighbours. */
    private static final int[] EDGES = {
        0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF,
        0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF
    };

    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();

    @Example
    void only_half_a_surrogate_pair_is_written_as_u_0000() {
        assertEquals("\0x\0", new String(Utf8.of("\ud83dx\ude00"), StandardCharsets.UTF_8));
        assertEquals("\0\0", new String(Utf8.of("\ude00\ud83d"), StandardCharsets.UTF_8));
        for (String whole : List.of("", "Ann?", "Zo\u00eb", "\ud83d\ude00"))
            assertEquals(whole, new String(Utf8.of(whole), StandardCharsets.UTF_8));
    }

    @Example
    void every_pair_of_bytes_is_taken_as_the_decoder_takes_it() {
        for (int pair = 0; pair <= 0xFFFF; pair++) assertTakenAlike(new byte[] {(byte) (pair >> 8), (byte) pair});
    }

    @Example
    void four_byte_edge_cases_are_accepted_as_the_decoder_does() {
        for (int a : EDGES)
            for (int b : EDGES)
                for (int c : EDGES)
                    for (int d : EDGES) assertTakenAlike(new byte[] {(byte) a, (byte) b, (byte) c, (byte) d});
    }

    @Property(tries = 1000)
    void a_file_is_text_exactly_as_the_decoder_says_in_any_pieces(
            @ForAll("pieces") byte[] text, @ForAll @Size(max = 4) List<@IntRange(max = 40) Integer> cuts) {
        byte[] file = concat("a\n".getBytes(StandardCharsets.US_ASCII), text);
        assertEquals(decodes(file), planned(file, cuts), () -> HexFormat.of().formatHex(file));
    }

    /** Whole characters of every length, now and then a byte that does not belong. */
    @Provide
    Arbitrary<byte[]> pieces() {
        Arbitrary<byte[]> characters = Arbitraries.strings()
                .withChars('b', '\u0080', '\u07FF', '\u0800', '\uD7FF', '\uE000', '\uFFFF')
                .ofLength(1)
                .map(character -> character.getBytes(StandardCharsets.UTF_8));
        Arbitrary<byte[]> beyond = Arbitraries.of("\uD800\uDC00", "\uDBFF\uDFFF")
                .map(character -> character.getBytes(StandardCharsets.UTF_8));
        Arbitrary<byte[]> strays =
                Arbitraries.of(0x80, 0xC3, 0xE2, 0xED, 0xF0, 0xFF).map(b -> new byte[] {b.byteValue()});
        return Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(10, characters),
                        net.jqwik.api.Tuple.of(5, beyond),
                        net.jqwik.api.Tuple.of(1, strays))
                .list()
                .ofMaxSize(12)
                .map(pieces -> pieces.stream().reduce(new byte[] {'b'}, Utf8Test::concat));
    }

    private void assertTakenAlike(byte[] bytes) {
        if (decodes(bytes) != accepts(bytes))
            assertEquals(decodes(bytes), accepts(bytes), HexFormat.of().formatHex(bytes));
    }

    private boolean decodes(byte[] bytes) {
        decoder.reset();
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), out, true);
        return !result.isError() && !decoder.flush(out).isError();
    }

    private static boolean accepts(byte[] bytes) {
        Utf8 utf8 = new Utf8();
        for (byte b : bytes) if (!utf8.accepts(b)) return false;
        return !utf8.isInside();
    }

    private static boolean planned(byte[] file, List<Integer> cuts) {
        CsvPlanner planner = new CsvPlanner(Format.csv(',', java.nio.charset.StandardCharsets.UTF_8, null), 0, 10);
        try {
            int from = 0;
            for (int cut : cuts.stream().sorted().toList()) {
                int to = Math.min(cut, file.length);
                planner.feed(file, from, to);
                from = to;
            }
            planner.feed(file, from, file.length);
            planner.finish();
            return true;
        } catch (ProblemException e) {
            return false;
        }
    }

    private static byte[] concat(byte[] a, byte[] b) {
        byte[] all = java.util.Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }
}
