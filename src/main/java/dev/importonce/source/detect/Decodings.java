package dev.importonce.source.detect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Decodes cells in all code pages. */
final class Decodings {
    /** This number of bytes is enough to exclude most code pages. */
    private static final int FIRST_BYTES = 800;

    private static final double HOPELESS = 60;

    private Decodings() {}

    /**
     * The different readings, the likeliest first; of a family of code pages only the best.
     *
     * @param cells one per line
     */
    static List<Decoding> of(byte[] cells) {
        Letters letters = new Letters();
        List<CodePage> pages = CodePage.ALL;
        if (cells.length > 2 * FIRST_BYTES) {
            int end = FIRST_BYTES;
            while (end < cells.length && cells[end - 1] != '\n') end++;
            pages = hopeful(of(Arrays.copyOf(cells, end), pages, letters));
        }
        Set<String> families = new HashSet<>();
        List<Decoding> best = new ArrayList<>();
        for (Decoding decoding : of(cells, pages, letters))
            if (families.add(decoding.page().family())) best.add(decoding);
        return best;
    }

    private static List<Decoding> of(byte[] cells, List<CodePage> pages, Letters letters) {
        Map<String, Decoding> decodings = new LinkedHashMap<>();
        for (CodePage page : pages)
            decodings
                    .computeIfAbsent(new String(cells, page.charset()), text -> new Decoding(text, letters))
                    .isIn(page);
        return decodings.values().stream()
                .sorted(Comparator.comparingDouble(Decoding::cost))
                .toList();
    }

    private static List<CodePage> hopeful(List<Decoding> decodings) {
        double most = decodings.get(0).cost() + HOPELESS;
        List<CodePage> pages = new ArrayList<>();
        for (Decoding decoding : decodings)
            decoding.pages().forEach((page, cost) -> {
                if (cost <= most) pages.add(page);
            });
        return pages;
    }
}
