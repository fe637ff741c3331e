package dev.importonce.source.detect;

import java.util.HashMap;
import java.util.Map;

/** A language that is written with thousands of characters, modelled by the most frequent ones. */
final class Ideographs extends Language {
    /** Flattens the frequencies of the most frequent characters: the frequency of the n-th is proportional to 1 / (n + FLAT). */
    private static final int FLAT = 30;

    private static final double KNOWN = 0.8;

    /** The cost of an ASCII letter, and of its border with other letters: "Tシャツ". */
    private static final float LATIN = 4;

    private static final float BORDER_OF_SCRIPTS = 12;

    /** Full-width forms of U+FF66 and the following half-width characters, which banks and mailing lists use in names. */
    private static final String HALF_WIDTH = "ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜";

    private static final float OF_HALF_WIDTH = 0.7f;

    private final Map<Character, Float> costs = new HashMap<>();
    private final Others others;

    /**
     * The costs of characters that are not among the frequent ones, by kind.
     *
     * @param kana Japanese syllables
     * @param han Chinese characters
     * @param hangul Korean syllables
     */
    record Others(float kana, float han, float hangul) {}

    /** @param frequent the most frequent first */
    Ideographs(String tag, String frequent, Others others) {
        super(tag);
        this.others = others;
        double sum = 0;
        for (int i = 0; i < frequent.length(); i++) sum += 1.0 / (i + FLAT);
        for (int i = 0; i < frequent.length(); i++)
            costs.put(frequent.charAt(i), (float) -Math.log(KNOWN / (i + FLAT) / sum));
    }

    @Override
    float cost(String word) {
        float cost = 1;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            cost += cost(c);
            if (i > 0 && c < 0x80 != word.charAt(i - 1) < 0x80) cost += BORDER_OF_SCRIPTS;
        }
        return cost;
    }

    private float cost(char c) {
        if (c >= 0xFF66 && c < 0xFF66 + HALF_WIDTH.length()) return cost(HALF_WIDTH.charAt(c - 0xFF66)) + OF_HALF_WIDTH;
        Float known = costs.get(c);
        if (known != null) return known;
        if (c < 0x80) return LATIN;
        if (c > 0x3040 && c < 0x3100) return others.kana();
        if (c >= 0x4E00 && c < 0xA000) return others.han();
        return c >= 0xAC00 && c < 0xD7A4 ? others.hangul() : OTHER_SCRIPT;
    }
}
