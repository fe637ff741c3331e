package dev.importonce.source.detect;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A reading of the bytes, which one or more code pages give, and its cost in the likeliest of them. The model: the text is
 * in one main language; words in other languages cost more; so do languages whose files do not usually use that code page.
 */
final class Decoding {
    /** The cost of a word in another language than the main one. */
    private static final float CHANGE = 5;

    /** The cost of a language whose files seldom use the code page. */
    private static final float UNUSUAL = 9;

    private static final float LETTER_OF_ANY_SCRIPT = 9;

    /** The cost of two adjacent letters of different scripts. */
    private static final float BORDER_OF_SCRIPTS = 12;

    private final String text;
    private final float signs;
    private final List<float[]> words = new ArrayList<>();
    private final List<Float> inAnyScript = new ArrayList<>();
    private final Map<CodePage, Double> pages = new LinkedHashMap<>();

    /** @param text cells, one per line */
    Decoding(String text, Letters letters) {
        this.text = text;
        float sum = 0;
        for (String cell : cells()) {
            sum += Signs.cost(cell);
            addWords(cell, letters);
        }
        this.signs = sum;
    }

    /** The decoded cells. */
    List<String> cells() {
        return text.lines().toList();
    }

    /** The cost in the code page in which the reading is likeliest. */
    double cost() {
        return Collections.min(pages.values());
    }

    /** The most usual of the code pages that give this reading and are still candidates. */
    CodePage page() {
        double most = cost() + UNUSUAL;
        return pages.entrySet().stream()
                .filter(page -> page.getValue() <= most)
                .map(Map.Entry::getKey)
                .min(Comparator.comparing(CodePage::rarity))
                .orElseThrow();
    }

    /** The cost if the text may be in any language, even one that no code page is made for. */
    double costInAnyScript() {
        double sum = signs;
        for (int i = 0; i < words.size(); i++) sum += Math.min(least(words.get(i)), inAnyScript.get(i));
        return sum;
    }

    /** Whether it has invalid bytes. */
    boolean hasNoText() {
        return text.chars().anyMatch(c -> Signs.isNoText((char) c) && c != '\n');
    }

    /** The code pages that give this reading, with its cost in each. */
    Map<CodePage, Double> pages() {
        return pages;
    }

    /** Adds a code page that gives this reading. */
    void isIn(CodePage page) {
        pages.put(page, cost(page));
    }

    private void addWords(String cell, Letters letters) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i <= cell.length(); i++) {
            boolean inside = i < cell.length() && Signs.isLetter(cell.charAt(i));
            if (inside) word.append(Signs.plain(cell.charAt(i)));
            else if (word.length() > 0) {
                words.add(letters.costs(word.toString()));
                inAnyScript.add(inAnyScript(word));
                word.setLength(0);
            }
        }
    }

    private static float inAnyScript(CharSequence word) {
        float cost = LETTER_OF_ANY_SCRIPT * word.length();
        UnicodeScript before = null;
        for (int i = 0; i < word.length(); i++) {
            if (Signs.isAccent(word.charAt(i))) continue;
            UnicodeScript script = UnicodeScript.of(word.charAt(i));
            if (before != null && script != before) cost += BORDER_OF_SCRIPTS;
            before = script;
        }
        return cost;
    }

    private double cost(CodePage page) {
        List<Language> languages = Letters.languages();
        float[] unusual = new float[languages.size()];
        for (int i = 0; i < unusual.length; i++)
            unusual[i] = page.languages().contains(languages.get(i).tag()) ? 0 : UNUSUAL;
        float[] best = new float[words.size()];
        for (int i = 0; i < best.length; i++) best[i] = best(words.get(i), unusual) + CHANGE;
        double least = Double.MAX_VALUE;
        for (int main = 0; main < unusual.length; main++) {
            double sum = unusual[main];
            for (int i = 0; i < best.length; i++) sum += Math.min(best[i], words.get(i)[main]);
            least = Math.min(least, sum);
        }
        return page.rarity() + signs + least;
    }

    private static float least(float[] costs) {
        float least = Float.MAX_VALUE;
        for (float cost : costs) least = Math.min(least, cost);
        return least;
    }

    private static float best(float[] costs, float[] unusual) {
        float best = Float.MAX_VALUE;
        for (int i = 0; i < costs.length; i++) best = Math.min(best, costs[i] + unusual[i]);
        return best;
    }
}
