package dev.importonce.source.detect;

import dev.importonce.source.detect.Guess.Certainty;
import dev.importonce.source.format.Candidate;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Finds the code page of a text: the one in which the text's letters are most likely. */
public final class CodePages {
    /**
     * A reading that is this far behind the likeliest is not a candidate; in natural logarithms of likelihoods. Measured by
     * {@code CodePagesTest}.
     */
    private static final double OUT_OF_SIGHT = 12;

    /** If another reading is this near to the likeliest, the user must name the encoding. */
    private static final double NEAR = 6;

    private static final int MOST_CANDIDATES = 5;
    private static final int SAMPLE_CELLS = 3;
    private static final int SAMPLE_LENGTH = 100;

    private CodePages() {}

    /**
     * The likeliest character set of a text that is not, or not completely, UTF-8. The result is UTF-8 if some cells are
     * UTF-8: then other cells are damaged, and no other character set reads the valid ones correctly. It is also UTF-8 if
     * the bytes are not text: then the file is read up to the first such byte.
     */
    public static Guess guess(Evidence evidence) {
        byte[] cells = evidence.cells();
        if (cells.length == 0 || hasUtf8(cells)) return Guess.certain(StandardCharsets.UTF_8);
        List<Decoding> decodings = Decodings.of(cells);
        Decoding best = decodings.get(0);
        if (best.hasNoText()) return Guess.certain(StandardCharsets.UTF_8);
        List<Decoding> rivals = decodings.stream()
                .filter(decoding -> decoding.cost() < best.cost() + OUT_OF_SIGHT)
                .limit(MOST_CANDIDATES)
                .toList();
        if (rivals.size() == 1) return Guess.certain(best.page().charset());
        boolean open = rivals.get(1).cost() < best.cost() + NEAR;
        return new Guess(best.page().charset().name(), open ? Certainty.OPEN : Certainty.LIKELY, candidates(rivals));
    }

    /** Whether some cells are UTF-8 with characters beyond ASCII, and likelier as UTF-8 than in any other character set. */
    private static boolean hasUtf8(byte[] cells) {
        StringBuilder utf8 = new StringBuilder();
        int from = 0;
        for (int i = 0; i < cells.length; i++)
            if (cells[i] == '\n') {
                utf8.append(decoded(cells, from, i + 1));
                from = i + 1;
            }
        if (utf8.length() == 0) return false;
        Decoding asUtf8 = new Decoding(utf8.toString(), new Letters());
        List<Decoding> otherwise = Decodings.of(utf8.toString().getBytes(StandardCharsets.UTF_8));
        return asUtf8.costInAnyScript() <= otherwise.get(0).cost();
    }

    private static String decoded(byte[] cells, int from, int to) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(cells, from, to - from))
                    .toString();
        } catch (CharacterCodingException e) {
            return "";
        }
    }

    /** The candidates, with samples of the same cells; cells in which the two likeliest differ come first. */
    private static List<Candidate> candidates(List<Decoding> decodings) {
        List<String> first = decodings.get(0).cells();
        List<String> second = decodings.get(1).cells();
        int length = decodings.stream()
                .mapToInt(decoding -> decoding.cells().size())
                .min()
                .orElse(0);
        List<Integer> shown = Stream.concat(
                        IntStream.range(0, length).boxed().filter(i -> !first.get(i)
                                .equals(second.get(i))),
                        IntStream.range(0, length).boxed())
                .filter(i -> first.indexOf(first.get(i)) == i)
                .distinct()
                .limit(SAMPLE_CELLS)
                .toList();
        List<Candidate> candidates = new ArrayList<>();
        for (Decoding decoding : decodings)
            candidates.add(new Candidate(decoding.page().charset().name(), sample(decoding.cells(), shown)));
        return candidates;
    }

    private static String sample(List<String> cells, List<Integer> shown) {
        String sample = shown.stream().map(cells::get).map(String::strip).collect(Collectors.joining(", "));
        return sample.length() <= SAMPLE_LENGTH ? sample : sample.substring(0, SAMPLE_LENGTH - 1) + '\u2026';
    }
}
